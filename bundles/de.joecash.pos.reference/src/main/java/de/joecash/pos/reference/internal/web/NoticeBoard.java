package de.joecash.pos.reference.internal.web;

import de.joecash.pos.notification.Notification;
import de.joecash.pos.notification.NotificationException;
import de.joecash.pos.notification.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This host's way to people: notifications stand at the top of each of its pages, the most urgent first, and in its
 * log. What is over goes by itself after ten minutes, and what nobody repeats after a day and an hour. Thread-safe.
 */
@Component(service = {Notifier.class, NoticeBoard.class})
public final class NoticeBoard implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeBoard.class);

    private static final Duration OVER_STAYS = Duration.ofMinutes(10);
    private static final Duration REPEATED = Duration.ofHours(25);
    private static final int MOST_TOPICS = 50;

    private final Clock clock;
    private final Map<String, Noticed> byTopic = new HashMap<>();

    /** Creates an empty one. */
    @Activate
    public NoticeBoard() {
        this(Clock.systemUTC());
    }

    NoticeBoard(Clock clock) {
        this.clock = clock;
    }

    private record Noticed(Notification notification, Instant at) {}

    /** What stands there; the time in milliseconds since 1970, {@code target} is {@code null} where there is none. */
    record Notice(String topic, String urgency, String title, String text, String target, long at) {}

    @Override
    public String way(Locale locale) {
        return Texts.text(locale.getLanguage().equals("de") ? Locale.GERMAN : Locale.ENGLISH, "notices.way");
    }

    @Override
    public void deliver(Notification notification) throws NotificationException {
        String title = notification.title().apply(Locale.ENGLISH);
        String text = notification.text().apply(Locale.ENGLISH);
        put(notification);
        LOG.warn("{}: {} {}", notification.urgency(), title, text);
    }

    private synchronized void put(Notification notification) throws NotificationException {
        drop();
        if (byTopic.size() == MOST_TOPICS && !byTopic.containsKey(notification.topic())) {
            throw new NotificationException("there is no room for another topic");
        }
        byTopic.put(notification.topic(), new Noticed(notification, clock.instant()));
    }

    private void drop() {
        Instant now = clock.instant();
        byTopic.values().removeIf(noticed -> noticed.at
                .plus(noticed.notification.urgency() == Notification.Urgency.INFO ? OVER_STAYS : REPEATED)
                .isBefore(now));
    }

    /** Gives what stands there, in somebody's language. */
    List<Notice> notices(Locale locale) {
        List<Notice> notices = new ArrayList<>();
        sorted().forEach(noticed -> draw(noticed, locale, notices));
        return notices;
    }

    private synchronized List<Noticed> sorted() {
        drop();
        return byTopic.values().stream()
                .sorted(Comparator.comparing((Noticed noticed) -> noticed.notification.urgency())
                        .reversed()
                        .thenComparing(Noticed::at, Comparator.reverseOrder()))
                .toList();
    }

    private static void draw(Noticed noticed, Locale locale, List<Notice> notices) {
        Notification notification = noticed.notification;
        try {
            notices.add(new Notice(
                    notification.topic(),
                    notification.urgency().name(),
                    notification.title().apply(locale),
                    notification.text().apply(locale),
                    notification.target().filter(Menu::isPath).orElse(null),
                    noticed.at.toEpochMilli()));
        } catch (RuntimeException | LinkageError e) {
            // Of a plug-in that has gone since, whose words are not there any more.
            LOG.debug("A notification could not be drawn", e);
        }
    }
}
