package de.joecash.pos.reference.internal.till;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgreSqlTillTest extends ServerTillTest {
    @TempDir
    static Path place;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.postgreSql(place);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    TestServer server() {
        return server;
    }
}
