package de.joecash.backup.destination.s3.internal;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store that knows the newer headers. */
class S3ProxyTest extends S3Contract {
    private S3ProxyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new S3ProxyServer();
        bucket().create();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Override
    TestBucket bucket() {
        return TestBucket.at(URI.create("http://127.0.0.1:" + server.port()));
    }
}
