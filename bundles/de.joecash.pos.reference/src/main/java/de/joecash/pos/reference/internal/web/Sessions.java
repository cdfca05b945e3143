package de.joecash.pos.reference.internal.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Who is logged in. In memory: after a restart everybody logs in again. Thread-safe. */
@Component(service = Sessions.class)
public final class Sessions {
    private static final Map<String, User> DEMO = Map.of(
            "chef", new User("chef", Role.ADMINISTRATOR),
            "leitung", new User("leitung", Role.MANAGER),
            "kasse", new User("kasse", Role.CASHIER));
    private static final String PASSWORD = "demo";
    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LOCKED = Duration.ofSeconds(20);
    private static final int FAILURES = 5;
    private static final int MOST = 200;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> lastSeen = new HashMap<>();
    private final Map<String, User> users = new HashMap<>();
    private int failures;
    private Instant lastFailure = Instant.EPOCH;

    /** Begins with nobody logged in. */
    @Activate
    public Sessions() {
        this(Clock.systemUTC());
    }

    Sessions(Clock clock) {
        this.clock = clock;
    }

    /** Says whether logins are refused for a moment, because too many failed one after the other. */
    synchronized boolean locked() {
        return failures >= FAILURES && clock.instant().isBefore(lastFailure.plus(LOCKED));
    }

    /** Logs in; gives the session's token, or nothing where user or password is wrong. */
    synchronized Optional<String> open(String name, String password) {
        User user = DEMO.get(name);
        boolean right = MessageDigest.isEqual(bytes(password), bytes(PASSWORD));
        if (user == null || !right || locked()) {
            failures = clock.instant().isBefore(lastFailure.plus(LOCKED)) ? failures + 1 : 1;
            lastFailure = clock.instant();
            return Optional.empty();
        }
        failures = 0;
        forgetOld();
        byte[] token = new byte[32];
        random.nextBytes(token);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        lastSeen.put(text, clock.instant());
        users.put(text, user);
        return Optional.of(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(IDLE);
        lastSeen.values().removeIf(seen -> seen.isBefore(oldest));
        if (lastSeen.size() >= MOST) {
            lastSeen.clear();
        }
        users.keySet().retainAll(lastSeen.keySet());
    }

    /** Says who a session is of; nobody where it is not open. */
    synchronized Optional<User> user(String token) {
        return isOpen(token) ? Optional.of(users.get(token)) : Optional.empty();
    }

    synchronized boolean isOpen(String token) {
        Instant seen = lastSeen.get(token);
        if (seen == null || seen.isBefore(clock.instant().minus(IDLE))) {
            return false;
        }
        lastSeen.put(token, clock.instant());
        return true;
    }

    synchronized void close(String token) {
        lastSeen.remove(token);
        users.remove(token);
    }
}
