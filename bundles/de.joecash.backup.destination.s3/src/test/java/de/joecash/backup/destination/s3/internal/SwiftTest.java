package de.joecash.backup.destination.s3.internal;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A real store of the kind that stands in data centres, and knows none of the newer headers. */
class SwiftTest extends S3Contract {
    @TempDir
    private static Path directory;

    private static SwiftServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new SwiftServer(directory);
        server.start();
        at(server).create();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
        }
    }

    private static TestBucket at(SwiftServer server) {
        return TestBucket.at(URI.create("http://127.0.0.1:" + server.port()));
    }

    @AfterEach
    void empty() throws Exception {
        bucket().empty();
    }

    @Override
    TestBucket bucket() {
        return at(server);
    }
}
