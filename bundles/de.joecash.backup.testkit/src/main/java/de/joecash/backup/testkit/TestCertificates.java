package de.joecash.backup.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Authorities and servers' certificates for tests, made by the JDK's keytool in a directory: a good one for
 * {@code localhost}, 127.0.0.1 and 127.0.0.2, and others that must be refused. Each is made when it is first asked for.
 */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";
    private static final String ROOT = "authority";
    private static final String FOREIGN_ROOT = "foreign-authority";
    private static final String HERE = "san=ip:127.0.0.1,ip:127.0.0.2,dns:localhost";

    private final Path directory;
    private final Path store;

    /**
     * A certificate and its key, as servers take them.
     *
     * @param certificate PEM; the issuer's follows
     * @param key PEM, PKCS #8, readable by its owner only
     * @param pin SHA-256 of its public key in Base64 (RFC 7469, section 2.4)
     */
    public record Identity(Path certificate, Path key, String pin) {}

    /**
     * Makes none yet.
     *
     * @param directory takes the files
     */
    public TestCertificates(Path directory) {
        this.directory = directory;
        store = directory.resolve("certificates.p12");
    }

    /**
     * The authority that issued all but {@link #unknownIssuer}.
     *
     * @return its certificate is what a client has to trust
     * @throws IOException if keytool fails
     */
    public Identity authority() throws IOException {
        return identity(ROOT, "-ext", "bc:c", "-validity", "3650");
    }

    /**
     * A certificate that is to be trusted.
     *
     * @return with its key
     * @throws IOException if keytool fails
     */
    public Identity good() throws IOException {
        return issued("good", ROOT, "-ext", HERE);
    }

    /**
     * One that was good until yesterday.
     *
     * @return with its key
     * @throws IOException if keytool fails
     */
    public Identity expired() throws IOException {
        return issued("expired", ROOT, "-ext", HERE, "-startdate", "-10d", "-validity", "9");
    }

    /**
     * One that is valid from tomorrow.
     *
     * @return with its key
     * @throws IOException if keytool fails
     */
    public Identity notYetValid() throws IOException {
        return issued("not-yet-valid", ROOT, "-ext", HERE, "-startdate", "+1d");
    }

    /**
     * One of another server.
     *
     * @return with its key
     * @throws IOException if keytool fails
     */
    public Identity otherName() throws IOException {
        return issued("other-name", ROOT, "-ext", "san=dns:other.example,ip:192.0.2.1");
    }

    /**
     * One for this server by an authority that nobody trusts.
     *
     * @return with its key
     * @throws IOException if keytool fails
     */
    public Identity unknownIssuer() throws IOException {
        identity(FOREIGN_ROOT, "-ext", "bc:c");
        return issued("unknown-issuer", FOREIGN_ROOT, "-ext", HERE);
    }

    private Identity issued(String name, String issuer, String... options) throws IOException {
        if (issuer.equals(ROOT)) {
            authority();
        }
        List<String> all = new ArrayList<>(List.of("-signer", issuer));
        all.addAll(List.of(options));
        return identity(name, all.toArray(String[]::new));
    }

    private Identity identity(String name, String... options) throws IOException {
        Path certificate = directory.resolve(name + ".pem");
        Path key = directory.resolve(name + ".key");
        if (!Files.exists(key)) {
            make(name, options);
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore entries = KeyStore.getInstance("PKCS12");
            entries.load(in, PASSWORD.toCharArray());
            StringBuilder chain = new StringBuilder();
            for (Certificate each : entries.getCertificateChain(name)) {
                chain.append(pem("CERTIFICATE", each.getEncoded()));
            }
            if (!Files.exists(key)) {
                Files.writeString(certificate, chain);
                Files.createFile(
                        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Key secret = entries.getKey(name, PASSWORD.toCharArray());
                Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
            }
            byte[] open = entries.getCertificate(name).getPublicKey().getEncoded();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(open);
            return new Identity(certificate, key, Base64.getEncoder().encodeToString(digest));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void make(String name, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-alias",
                name,
                "-dname",
                "CN=" + name + ",O=JoeCash test",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
