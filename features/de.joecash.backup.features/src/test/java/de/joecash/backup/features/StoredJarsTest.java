package de.joecash.backup.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that are stored hold what they held, and are known by what they were. */
class StoredJarsTest {
    private static final List<String> NAMES = List.of("META-INF/MANIFEST.MF", "a/", "a/B.class", "Ä.properties");

    @TempDir
    private Path directory;

    @Test
    void holdWhatTheyHeldInTheSameOrderAndAreKnownByTheDigestOfWhatIsShipped() throws Exception {
        Path jar = directory.resolve("bundle-1.0.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : NAMES) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content(name));
            }
        }
        byte[] shipped = Files.readAllBytes(jar);

        StoredJars.main(new String[] {directory.toString()});

        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(shipped));
        assertThat(directory.resolve(StoredJars.DIGESTS)).hasContent(digest + "  bundle-1.0.jar");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertThat(entries).extracting(ZipEntry::getName).isEqualTo(NAMES);
            for (ZipEntry entry : entries) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(zip.getInputStream(entry).readAllBytes()).isEqualTo(content(entry.getName()));
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    private static byte[] content(String name) {
        return name.endsWith("/") ? new byte[0] : name.repeat(100).getBytes(StandardCharsets.UTF_8);
    }
}
