package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Databases on a server: the one that the address names, and {@code <name>_side_<n>}. Each is marked as this till's;
 * one with such a name and without that mark is somebody else's.
 */
final class ServerDatabases implements Databases {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Server server;
    private final ServerUrl url;
    private final Credentials credentials;
    private final String mark;
    private final Pattern side;
    private final AtomicLong lastUsed = new AtomicLong();

    /**
     * Takes a server, without asking it anything.
     *
     * @param till identifies the till among all there are
     */
    ServerDatabases(Server server, ServerUrl url, Credentials credentials, String till) {
        this.server = server;
        this.url = url;
        this.credentials = credentials;
        this.mark = "JoeCash till " + till;
        this.side = Pattern.compile(Pattern.quote(url.database()) + "_side_([0-9]{1,9})");
    }

    @Override
    public String kind() {
        return url.kind();
    }

    @Override
    public Dialect dialect() {
        return server.dialect();
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public List<Path> directories() {
        return List.of();
    }

    @Override
    public List<String> names() throws SQLException {
        return marks().entrySet().stream()
                .filter(one ->
                        number(one.getKey()).isPresent() && one.getValue().equals(mark))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Gives all that the user sees, and remembers the highest number among them. */
    private Map<String, String> marks() throws SQLException {
        try (Connection administration = server.administer()) {
            Map<String, String> marks = server.marks(administration);
            for (String name : marks.keySet()) {
                number(name).ifPresent(number -> lastUsed.accumulateAndGet(number, Math::max));
            }
            return marks;
        }
    }

    @Override
    public OptionalLong number(String name) {
        if (name.equals(url.database())) {
            return OptionalLong.of(0);
        }
        Matcher matcher = side.matcher(name);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    @Override
    public String firstName() {
        return url.database();
    }

    @Override
    public String unusedName() {
        return url.database() + "_side_" + lastUsed.incrementAndGet();
    }

    /**
     * Asks whether the till can work on this server, and changes nothing.
     *
     * @param pointer to the till's database, if it has one already
     * @throws TillRefusal where it cannot
     */
    void check(Optional<Pointer> pointer) throws TillRefusal {
        try {
            Map<String, String> marks = marks();
            if (pointer.isPresent() && pointer.get().state() == Pointer.State.SELLING) {
                String itsMark = marks.getOrDefault(pointer.get().database(), mark);
                if (!itsMark.isEmpty() && !itsMark.equals(mark)) {
                    throw new TillRefusal("foreign", pointer.get().database(), url.server());
                }
            } else {
                checkFirst(marks);
                probe();
            }
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /** The till's first database may be there already, if nobody has anything in it. */
    private void checkFirst(Map<String, String> marks) throws TillRefusal, SQLException {
        String first = url.database();
        if (!marks.containsKey(first) || marks.get(first).equals(mark)) {
            return;
        }
        try (Connection administration = server.administer()) {
            if (!marks.get(first).isEmpty() || !isEmpty(first)) {
                throw new TillRefusal("foreign", first, url.server());
            }
            // It has none, so nothing changes; but only who may mark it may do that.
            server.mark(administration, first, "");
        } catch (SQLException e) {
            throw server.trouble(e) == Server.Trouble.RIGHTS
                    ? new TillRefusal(e, "owner." + kind(), credentials.user(), first)
                    : refusal(e);
        }
    }

    /** Creates a database beside and removes it: what a restore will need some day. */
    private void probe() throws TillRefusal {
        String name = unusedName();
        try {
            create(name);
            remove(name);
        } catch (SQLException e) {
            throw server.trouble(e) == Server.Trouble.RIGHTS
                    ? new TillRefusal(e, "rights." + kind(), credentials.user(), url.database())
                    : refusal(e);
        }
    }

    @Override
    public TillRefusal refusal(SQLException e) {
        String words = String.valueOf(e.getMessage());
        return switch (server.trouble(e)) {
            case UNREACHABLE -> new TillRefusal(e, "unreachable", url.server(), words);
            case LOGIN -> new TillRefusal(e, "login", credentials.user(), url.server(), words);
            default -> new TillRefusal(e, "server", url.server(), words);
        };
    }

    @Override
    public Database create(String name) throws SQLException {
        try (Connection administration = server.administer()) {
            String itsMark = server.marks(administration).get(name);
            if (itsMark == null) {
                server.create(administration, name, mark);
            } else if (name.equals(firstName()) && (itsMark.isEmpty() || itsMark.equals(mark)) && isEmpty(name)) {
                server.adopt(administration, name, mark);
            } else {
                throw new SQLException("There is a database " + name + " already");
            }
        }
        return new ServerDatabase(server, name, url.of(name));
    }

    private boolean isEmpty(String name) throws SQLException {
        try (Connection connection = server.connect(name)) {
            return server.isEmpty(connection);
        }
    }

    @Override
    public Database open(String name) throws SQLException {
        try (Connection administration = server.administer()) {
            Map<String, String> marks = server.marks(administration);
            String itsMark = marks.getOrDefault(name, mark);
            if (itsMark.isEmpty()) {
                // Somebody made it anew by hand, from a dump, under the name of the one the till had.
                server.mark(administration, name, mark);
            } else if (!itsMark.equals(mark)) {
                throw new SQLException("The database " + name + " is not marked as this till's");
            }
            return new ServerDatabase(server, name, url.of(name));
        }
    }

    @Override
    public boolean isLost(SQLException e) {
        Server.Trouble trouble = server.trouble(e);
        return trouble == Server.Trouble.NO_DATABASE || trouble == Server.Trouble.NO_TABLE;
    }

    @Override
    public void remove(String name) throws SQLException {
        try (Connection administration = server.administer()) {
            String itsMark = server.marks(administration).get(name);
            if (itsMark == null) {
                return;
            }
            if (number(name).isEmpty() || !itsMark.equals(mark)) {
                throw new SQLException("The database " + name + " is not marked as this till's, and is left alone");
            }
            awaitReaders(administration, name);
            server.drop(administration, name);
        }
    }

    @Override
    public void removeHalfMade(String name) throws SQLException {
        try (Connection administration = server.administer()) {
            await(() -> !server.creates(administration, name));
            String itsMark = server.marks(administration).get(name);
            if (itsMark != null && itsMark.isEmpty() && number(name).isPresent() && isEmpty(name)) {
                server.drop(administration, name);
            }
        }
    }

    private void awaitReaders(Connection administration, String name) throws SQLException {
        await(() -> server.connections(administration, name) == 0);
    }

    /** Something that a server says. */
    @FunctionalInterface
    private interface Answer {
        boolean given() throws SQLException;
    }

    private static void await(Answer answer) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answer.given() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
        }
    }

    /** Marks them otherwise, so that nothing is thrown away; nothing stands in the way there. */
    @Override
    public void setAside(Instant now) throws SQLException {
        for (String name : names()) {
            try (Connection administration = server.administer()) {
                server.mark(administration, name, mark + ", set aside " + now);
            }
        }
    }
}
