package de.joecash.backup.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real PostgreSQL server whose users have to log in. It does not sync: a test has no power cut. */
public final class PostgreSqlServer extends DatabaseServer {
    /** The superuser's name. */
    public static final String SUPERUSER = "postgres";

    /** The superuser's password. */
    public static final String SUPERUSER_PASSWORD = "Ober:\\sicher ü";

    /** Where Debian's packages have the tools of version 15. */
    public static final Path TOOLS = Path.of("/usr/lib/postgresql/15/bin");

    private final Path data = home().resolve("data");

    /**
     * Creates a server that is not running yet. Skips the test where the machine has no PostgreSQL 15; see
     * {@link Needed}.
     *
     * @param directory empty; everything is kept there; its parent can be entered by others
     * @throws IOException if it cannot be created
     */
    public PostgreSqlServer(Path directory) throws IOException {
        super(needed(directory), "postgresql", "postgres");
        initialize(data, this::install);
    }

    private void install(Path empty) throws IOException {
        Path password = Files.writeString(home().resolve("password"), SUPERUSER_PASSWORD + "\n");
        give(password);
        unprivileged(List.of(
                TOOLS.resolve("initdb").toString(),
                "--pgdata=" + empty,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync"));
    }

    private static Path needed(Path directory) {
        Needed.on(Files.isExecutable(TOOLS.resolve("postgres")), "the Debian package postgresql-15");
        return directory;
    }

    @Override
    List<String> command() {
        return List.of(
                TOOLS.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port()),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_wal_size=2GB",
                "-c",
                "shared_buffers=64MB");
    }

    @Override
    List<String> ping() {
        return List.of(TOOLS.resolve("pg_isready").toString(), "--quiet", "--host=127.0.0.1", "--port=" + port());
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }
}
