package de.joecash.backup.remote;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Public keys of which one must stand behind a server's certificate (RFC 7469). That a pinned certificate is among
 * those a server sends proves nothing, for anybody can send it along: it must have signed the server's, over others
 * perhaps.
 */
final class Pins {
    private final Set<String> pins;
    private final List<X509Certificate> anchors;

    /**
     * @param pins none for any
     * @param anchors trusted certificates, which a server need not send
     */
    Pins(Set<String> pins, List<X509Certificate> anchors) {
        this.pins = Set.copyOf(pins);
        this.anchors = List.copyOf(anchors);
    }

    /** Says whether a chain that is trusted for other reasons has a pinned key in it. */
    boolean hold(X509Certificate[] chain) {
        if (pins.isEmpty() || pinned(chain[0])) {
            return true;
        }
        Set<TrustAnchor> pinned = Stream.concat(Stream.of(chain).skip(1), anchors.stream())
                .filter(this::pinned)
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toSet());
        return !pinned.isEmpty() && leadsTo(pinned, chain);
    }

    private static boolean leadsTo(Set<TrustAnchor> pinned, X509Certificate[] chain) {
        try {
            X509CertSelector server = new X509CertSelector();
            server.setCertificate(chain[0]);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(pinned, server);
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (CertPathBuilderException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has PKIX", e);
        }
    }

    private boolean pinned(X509Certificate certificate) {
        return pins.contains(pin(certificate));
    }

    private static String pin(X509Certificate certificate) {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
