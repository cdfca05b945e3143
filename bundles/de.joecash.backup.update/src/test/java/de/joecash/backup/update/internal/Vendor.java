package de.joecash.backup.update.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.update.internal.set.BundleList;
import de.joecash.backup.update.internal.set.ListFormat;
import de.joecash.backup.update.internal.set.ListSignature;
import de.joecash.backup.update.internal.set.ListedBundle;
import de.joecash.backup.update.internal.set.SetFile;
import de.joecash.backup.update.internal.set.VendorKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A vendor with a key, and what he or somebody else may hand out. */
public final class Vendor {
    private final KeyPair pair;

    /** Makes himself a key. */
    public Vendor() throws GeneralSecurityException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** What tills are configured with. */
    public VendorKey key() {
        return VendorKey.of(pair.getPublic());
    }

    /** Puts both halves into a file, as OpenSSL would. */
    public Path keyFile(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("vendor.key"),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                        + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** Signs a list. */
    public byte[] signature(byte[] list) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(list);
        return ListSignature.write(key(), signature.sign());
    }

    /** A bundle with nothing in it but what these headers say. */
    public static byte[] bundle(String... headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        for (String header : headers) {
            attributes.putValue(header.split("=", 2)[0], header.split("=", 2)[1]);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return bytes.toByteArray();
    }

    /** A line of a list that is true. */
    public static ListedBundle listed(String symbolicName, String version, String file, byte[] jar) {
        return new ListedBundle(symbolicName, version, file, jar.length, sha256(jar), false);
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(SetFile.sha256().digest(bytes));
    }

    /** What a set has in it; to be changed by whoever means harm. */
    public Map<String, byte[]> contents(BundleList list, byte[]... jars) throws GeneralSecurityException {
        return contents(
                ListFormat.write(list),
                list.bundles().stream().map(ListedBundle::file).toList(),
                jars);
    }

    /** The same with any text for a list. */
    public Map<String, byte[]> contents(String list, List<String> files, byte[]... jars)
            throws GeneralSecurityException {
        return contents(list.getBytes(StandardCharsets.UTF_8), files, jars);
    }

    private Map<String, byte[]> contents(byte[] list, List<String> files, byte[]... jars)
            throws GeneralSecurityException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put(SetFile.LIST, list);
        contents.put(SetFile.SIGNATURE, signature(list));
        for (int i = 0; i < jars.length; i++) {
            contents.put(files.get(i), jars[i]);
        }
        return contents;
    }

    /** Writes a zip file. */
    public static Path zip(Path file, Map<String, byte[]> contents) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        assertThat(file).isNotEmptyFile();
        return file;
    }
}
