package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.testkit.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
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

    S3ProxyServer(TestCertificates.Identity identity) throws Exception {
        this(S3Proxy.builder().secureEndpoint(URI.create("https://127.0.0.1:0")).sslContext(context(identity)));
    }

    private S3ProxyServer(S3Proxy.Builder builder) throws Exception {
        proxy = builder.awsAuthentication(AuthenticationType.AWS_V4, TestBucket.ACCESS_KEY, TestBucket.SECRET_KEY)
                .blobStore(new TransientNio2BlobStore())
                .stopTimeout(0)
                .build();
        proxy.start();
    }

    private static SSLContext context(TestCertificates.Identity identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        byte[] key =
                Base64.getMimeDecoder().decode(Files.readString(identity.key()).replaceAll("-----.*-----", ""));
        try (InputStream chain = Files.newInputStream(identity.certificate())) {
            store.setKeyEntry(
                    "server",
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)),
                    new char[0],
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(chain)
                            .toArray(Certificate[]::new));
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    int port() {
        return proxy.getPort() > 0 ? proxy.getPort() : proxy.getSecurePort();
    }

    void stop() throws Exception {
        proxy.stop();
    }
}
