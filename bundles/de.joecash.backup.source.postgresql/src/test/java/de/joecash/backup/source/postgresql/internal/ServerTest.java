package de.joecash.backup.source.postgresql.internal;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.testkit.PostgreSqlServer;
import de.joecash.backup.tools.ToolSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a server for all of its methods, and a till with an empty database for each. */
abstract class ServerTest {
    static final ToolSettings SETTINGS =
            new ToolSettings(Optional.of(PostgreSqlServer.TOOLS), Duration.ofSeconds(10), Duration.ofSeconds(120));

    @TempDir
    static Path directory;

    static PostgreSqlServer server;

    PostgresqlTill till;
    PostgresqlSource source;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgreSqlServer(directory);
        server.start();
        PostgresqlTill.createUser(server);
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        server.requireRunning();
        till = new PostgresqlTill(server);
        source = new PostgresqlSource(till, SETTINGS);
    }

    @AfterEach
    void close() throws Exception {
        source.stop();
        till.close();
    }

    /** Has a source with other settings. */
    PostgresqlSource source(Optional<Path> tools, Duration lock, Duration stall) {
        return new PostgresqlSource(till, new ToolSettings(tools, lock, stall));
    }

    byte[] dump() throws BackupException, IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        source.dump(text, new Cancellation());
        return text.toByteArray();
    }

    static Problem problemOfDump(PostgresqlSource from) {
        return problem(() -> from.dump(OutputStream.nullOutputStream(), new Cancellation()));
    }

    static Problem problem(ThrowingCallable action) {
        BackupException refused = catchThrowableOfType(BackupException.class, action);
        if (refused == null) {
            throw new AssertionError("Nothing was refused");
        }
        return refused.problem();
    }
}
