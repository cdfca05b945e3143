package de.joecash.backup.update.internal.vendor;

import de.joecash.backup.update.internal.set.BundleList;
import de.joecash.backup.update.internal.set.BundleManifest;
import de.joecash.backup.update.internal.set.ListFormat;
import de.joecash.backup.update.internal.set.ListSignature;
import de.joecash.backup.update.internal.set.ListedBundle;
import de.joecash.backup.update.internal.set.SetFile;
import de.joecash.backup.update.internal.set.SetRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes sets. What is written was read back as a till reads it before it gets its name. */
final class SetWriter {
    /** Equal bundles, signed by the same key, are equal sets. */
    private static final FileTime ANY_TIME = FileTime.from(Instant.parse("2026-11-22T00:00:00Z"));

    private final VendorKeyFile key;

    /**
     * A bundle for a set.
     *
     * @param install whether it is installed where it is missing
     */
    record Given(Path jar, boolean install) {}

    SetWriter(VendorKeyFile key) {
        this.key = key;
    }

    /**
     * Writes a set.
     *
     * @param set is replaced if it is there
     * @param given in the order in which they are started
     * @throws IllegalArgumentException if name, version or a jar have no form that a list takes
     */
    BundleList write(Path set, String name, String version, List<Given> given) throws IOException {
        List<ListedBundle> bundles = new ArrayList<>();
        for (Given one : given) {
            bundles.add(listed(one));
        }
        BundleList list = new BundleList(BundleList.FORMAT, name, version, bundles);
        byte[] text = ListFormat.write(list);
        Path part = set.resolveSibling(set.getFileName() + ".part");
        try (OutputStream file = Files.newOutputStream(part);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            put(zip, SetFile.LIST, text);
            put(zip, SetFile.SIGNATURE, ListSignature.write(key.publicKey(), key.sign(text)));
            for (Given one : given) {
                put(zip, fileName(one.jar()), Files.readAllBytes(one.jar()));
            }
        }
        readBack(part);
        Files.move(part, set, StandardCopyOption.REPLACE_EXISTING);
        return list;
    }

    private static ListedBundle listed(Given given) throws IOException {
        BundleManifest manifest = BundleManifest.of(given.jar());
        byte[] bytes = Files.readAllBytes(given.jar());
        return new ListedBundle(
                manifest.symbolicName(),
                manifest.version(),
                fileName(given.jar()),
                bytes.length,
                HexFormat.of().formatHex(SetFile.sha256().digest(bytes)),
                given.install());
    }

    private static String fileName(Path jar) {
        return jar.getFileName().toString();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(ANY_TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private void readBack(Path set) throws IOException {
        Path directory = Files.createTempDirectory("joecash-set");
        List<Path> extracted = new ArrayList<>();
        try (SetFile file = SetFile.open(set, List.of(key.publicKey()))) {
            for (ListedBundle bundle : file.list().bundles()) {
                extracted.add(directory.resolve(bundle.file()));
                file.extract(bundle, directory);
            }
        } catch (SetRefused e) {
            throw new IOException("No till would take it: " + e.getMessage(), e);
        } finally {
            for (Path file : extracted) {
                Files.deleteIfExists(file);
            }
            Files.delete(directory);
        }
    }
}
