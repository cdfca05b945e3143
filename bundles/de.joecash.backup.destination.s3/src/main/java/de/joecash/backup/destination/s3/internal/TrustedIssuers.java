package de.joecash.backup.destination.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes what the system believes, and the issuers in the vendor's file; where there are pins, only chains that hold
 * one of them. The server's name is checked by the JDK, which is asked to by the client.
 */
final class TrustedIssuers extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager issuers;
    private final Set<String> pins;

    private TrustedIssuers(X509ExtendedTrustManager issuers, Set<String> pins) {
        this.issuers = issuers;
        this.pins = pins;
    }

    /**
     * Makes a context that knows them.
     *
     * @throws IOException if the vendor's file cannot be read
     * @throws GeneralSecurityException if it holds no certificates
     */
    static SSLContext context(BucketSettings.Trust trust) throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int count = 0;
        for (X509Certificate issuer : manager(null).getAcceptedIssuers()) {
            all.setCertificateEntry("system" + count++, issuer);
        }
        Optional<Path> file = trust.certificates();
        if (file.isPresent()) {
            try (InputStream in = Files.newInputStream(file.get())) {
                for (Certificate issuer :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    all.setCertificateEntry("vendor" + count++, issuer);
                }
            }
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustedIssuers(manager(all), trust.pins())}, null);
        return context;
    }

    private static X509ExtendedTrustManager manager(KeyStore issuers) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(issuers);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("No trust manager for X.509");
    }

    private void checkPins(X509Certificate[] chain) throws CertificateException {
        if (pins.isEmpty()) {
            return;
        }
        // Only as far as each was really signed by the next: anybody can append the pinned certificate to a chain.
        for (int i = 0; i < chain.length && (i == 0 || signed(chain[i - 1], chain[i])); i++) {
            if (pins.contains(pin(chain[i]))) {
                return;
            }
        }
        throw new CertificateException("not-pinned");
    }

    private static boolean signed(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String pin(X509Certificate certificate) throws CertificateException {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        issuers.checkServerTrusted(chain, authType, engine);
        checkPins(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        issuers.checkServerTrusted(chain, authType, socket);
        checkPins(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Nobody would check the name");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("This is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("This is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("This is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.getAcceptedIssuers();
    }
}
