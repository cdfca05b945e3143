package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import de.joecash.pos.reference.internal.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** H2 files called {@code till-<n>} in the till's directory. */
final class H2Databases implements Databases {
    static final String KIND = "h2";

    /** H2's own level; JDBC has no constant for it. */
    private static final int SNAPSHOT = 6;

    /** Amounts as the tills have them that are there. */
    static final Dialect DIALECT =
            new Dialect("DECIMAL(10, 2)", "TIMESTAMP WITH TIME ZONE", time -> time, "", SNAPSHOT);

    private static final Pattern NAME = Pattern.compile("till-([0-9]{1,9})");
    private static final Pattern FILE = Pattern.compile("(till-[0-9]{1,9})(\\..*)?");
    private static final String USER = "till";
    private static final int ALREADY_OPEN = 90020;

    private final Path directory;
    private final Credentials credentials;
    private final AtomicLong lastUsed = new AtomicLong();

    H2Databases(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath();
        this.credentials = new Credentials(
                USER, DataDirectory.secret(this.directory.resolve("password")).toCharArray());
        names().forEach(name -> lastUsed.accumulateAndGet(number(name).orElseThrow(), Math::max));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Dialect dialect() {
        return DIALECT;
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public List<Path> directories() {
        return List.of(directory);
    }

    @Override
    public List<String> names() throws IOException {
        return files().stream().map(H2Databases::nameOf).distinct().toList();
    }

    @Override
    public OptionalLong number(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    @Override
    public String firstName() {
        return unusedName();
    }

    @Override
    public String unusedName() {
        return "till-" + lastUsed.incrementAndGet();
    }

    @Override
    public Database create(String name) throws SQLException {
        return H2Database.create(directory.resolve(name), credentials);
    }

    @Override
    public Database open(String name) throws SQLException {
        return H2Database.openExisting(directory.resolve(name), credentials);
    }

    @Override
    public boolean isLost(SQLException e) {
        return e.getErrorCode() != ALREADY_OPEN;
    }

    @Override
    public TillRefusal refusal(SQLException e) {
        return e.getErrorCode() == ALREADY_OPEN
                ? new TillRefusal(e, "h2.open", directory)
                : new TillRefusal(e, "h2.failed", directory, String.valueOf(e.getMessage()));
    }

    @Override
    public void remove(String name) throws IOException {
        for (Path file : files()) {
            if (nameOf(file).equals(name)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Renames them, so that nothing is thrown away and nothing stands in the way. */
    @Override
    public void setAside(Instant now) throws IOException {
        for (Path file : files()) {
            Files.move(file, directory.resolve("damaged-" + now.toEpochMilli() + "-" + file.getFileName()));
        }
    }

    private static String nameOf(Path file) {
        Matcher matcher = FILE.matcher(file.getFileName().toString());
        return matcher.matches() ? matcher.group(1) : "";
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !nameOf(file).isEmpty()).toList();
        }
    }
}
