package de.joecash.backup.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose certificates are trusted: those of the system's authorities and of those in a file, and of these only the
 * pinned ones where pins are given. What it refuses it refuses as {@link CertificateRefusal}. Thread-safe.
 */
public final class Trust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager path;
    private final Pins pins;

    private Trust(X509ExtendedTrustManager path, Pins pins) {
        this.path = path;
        this.pins = pins;
    }

    /**
     * Reads whom to trust.
     *
     * @param trusted as it is configured
     * @return for any number of connections
     * @throws IllegalArgumentException if the file with certificates cannot be used
     */
    public static Trust of(Trusted trusted) {
        try {
            List<X509Certificate> anchors =
                    new ArrayList<>(List.of(manager(null).getAcceptedIssuers()));
            if (trusted.certificates().isPresent()) {
                anchors.addAll(read(trusted.certificates().get()));
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), anchors.get(i));
            }
            return new Trust(manager(store), new Pins(trusted.pins(), anchors));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The system's certificates cannot be read", e);
        }
    }

    private static Collection<X509Certificate> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            Settings.require(!all.isEmpty(), "there is no certificate in " + file);
            return all.stream().map(X509Certificate.class::cast).toList();
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("certificates cannot be read from " + file, e);
        }
    }

    /** @param store of trust anchors; {@code null} for the system's */
    private static X509ExtendedTrustManager manager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Stream.of(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Asks for a check, which includes the host's name where the socket's parameters say so. */
    private interface Check {
        void run() throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            throw new CertificateRefusal(reason(chain, e), e);
        }
        if (!pins.hold(chain)) {
            throw new CertificateRefusal(CertificateRefusal.NOT_PINNED, null);
        }
    }

    private static String reason(X509Certificate[] chain, CertificateException refusal) {
        Optional<Throwable> path = causes(refusal)
                .filter(cause -> cause instanceof GeneralSecurityException && !(cause instanceof CertificateException))
                .findFirst();
        for (X509Certificate each : chain) {
            try {
                each.checkValidity();
            } catch (CertificateExpiredException e) {
                return CertificateRefusal.EXPIRED;
            } catch (CertificateNotYetValidException e) {
                return CertificateRefusal.NOT_YET_VALID;
            }
        }
        // Once a path to a trusted issuer was found, all that is left to dislike is the name.
        return path.isPresent() ? CertificateRefusal.UNKNOWN_ISSUER : CertificateRefusal.OTHER_NAME;
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, () -> path.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, () -> path.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Nobody would check the name");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("Nobody logs in here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("Nobody logs in here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Nobody logs in here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return path.getAcceptedIssuers();
    }

    /**
     * Makes a context of TLS that trusts nobody else.
     *
     * @return without a certificate of its own
     */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }
}
