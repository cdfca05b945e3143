package de.joecash.backup.destination.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An issuer of certificates that no system knows, by the JDK's own {@code keytool}. */
final class Authority {
    private static final String PASSWORD = "only-for-tests";

    private final Path directory;
    private final Path certificate;

    Authority(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        certificate = directory.resolve("issuer.pem");
        keytool("-genkeypair", "issuer", "issuer", "-keyalg", "EC", "-dname", "CN=Vendor", "-ext", "bc:c");
        keytool("-exportcert", "issuer", "issuer", "-rfc", "-file", certificate.toString());
    }

    /** The issuer's own certificate, as PEM. */
    Path certificate() {
        return certificate;
    }

    /** Makes a server that shows a certificate with such a name, valid from so many days ago for so many days. */
    SSLContext server(String name, String subject, int age, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        String start = (age < 0 ? "+" + -age : "-" + age) + "d";
        Path request = directory.resolve(name + ".csr");
        Path signed = directory.resolve(name + ".pem");
        keytool("-genkeypair", name, "server", "-keyalg", "EC", "-dname", "CN=Store");
        keytool("-certreq", name, "server", "-file", request.toString());
        keytool(
                "-gencert",
                "issuer",
                "issuer",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-rfc",
                "-ext",
                "san=" + subject,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        keytool("-importcert", name, "issuer", "-noprompt", "-file", certificate.toString());
        keytool("-importcert", name, "server", "-noprompt", "-file", signed.toString());
        KeyStore keys = store(name);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The pin of a key in a key store. */
    String pin(String name, String alias) throws IOException, GeneralSecurityException {
        byte[] key = store(name).getCertificate(alias).getPublicKey().getEncoded();
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }

    private KeyStore store(String name) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void keytool(String command, String name, String alias, String... more)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                alias,
                "-keystore",
                directory.resolve(name + ".p12").toString(),
                "-storepass",
                PASSWORD));
        line.addAll(List.of(more));
        Path log = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(log));
        }
    }
}
