package de.joecash.backup.destination.s3.internal;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A store in this process, in memory, that checks signatures and checksums. */
final class S3ProxyServer {
    private final S3Proxy proxy;

    S3ProxyServer() throws Exception {
        this(S3Proxy.builder().endpoint(URI.create("http://127.0.0.1:0")));
    }

    S3ProxyServer(SSLContext context) throws Exception {
        this(S3Proxy.builder().secureEndpoint(URI.create("https://127.0.0.1:0")).sslContext(context));
    }

    private S3ProxyServer(S3Proxy.Builder builder) throws Exception {
        proxy = builder.awsAuthentication(AuthenticationType.AWS_V4, TestBucket.ACCESS_KEY, TestBucket.SECRET_KEY)
                .blobStore(new TransientNio2BlobStore())
                .stopTimeout(0)
                .build();
        proxy.start();
    }

    int port() {
        return proxy.getPort() > 0 ? proxy.getPort() : proxy.getSecurePort();
    }

    void stop() throws Exception {
        proxy.stop();
    }
}
