package de.joecash.backup.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Prepares bundles for a jar that is made around them: what is in them is stored, not compressed, so that the jar
 * around them compresses each as one piece, to three quarters of its size. {@value #DIGESTS} beside them says what they
 * are.
 */
public final class StoredJars {
    /**
     * Names the SHA-256 in hexadecimal that each jar had as it is shipped, so that a start need not compute it, and
     * knows a bundle again that came otherwise ({@code sha256sum}'s format).
     */
    public static final String DIGESTS = "SHA256SUMS";

    private static final String JAR = ".jar";

    private StoredJars() {}

    /**
     * Called by the build.
     *
     * @param arguments the directory of the jars
     * @throws IOException if one cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        List<Path> jars;
        try (Stream<Path> files = Files.list(directory)) {
            jars = files.filter(file -> file.toString().endsWith(JAR)).sorted().toList();
        }
        try (Writer digests = Files.newBufferedWriter(directory.resolve(DIGESTS))) {
            for (Path jar : jars) {
                digests.write(sha256(Files.readAllBytes(jar)) + "  " + jar.getFileName() + "\n");
                store(jar);
            }
        }
    }

    /** The order of the entries stays: a jar's manifest is its first. */
    private static void store(Path jar) throws IOException {
        Path stored = jar.resolveSibling(jar.getFileName() + ".stored");
        try (ZipFile zip = new ZipFile(jar.toFile(), StandardCharsets.UTF_8);
                OutputStream file = Files.newOutputStream(stored);
                ZipOutputStream out = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                try (InputStream content = zip.getInputStream(entry)) {
                    put(out, entry, content.readAllBytes());
                }
            }
        }
        Files.move(stored, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void put(ZipOutputStream out, ZipEntry old, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(old.getName());
        entry.setTimeLocal(old.getTimeLocal());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
