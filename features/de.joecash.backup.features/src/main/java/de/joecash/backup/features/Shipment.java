package de.joecash.backup.features;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes what the build hands to administrators of other hosts, each from the same descriptors: a repository for Karaf
 * and an archive that has its bundles in it, so that a till without Internet can be served, and a folder each for Felix
 * FileInstall and for the autodeploy directory of a Jakarta EE server.
 */
public final class Shipment {
    private static final String KAR = "joecash-backup.kar";
    private static final String REPOSITORY = "joecash-backup-features.xml";
    private static final String FILE_INSTALL = "fileinstall";
    private static final String AUTODEPLOY = "autodeploy";

    /** Needs H2's own classes, which a server's JDBC resource hides. */
    private static final String NOT_BY_JNDI = "source-h2";

    /** Equal contents are equal archives, whenever they are made. */
    private static final FileTime ANY_TIME = FileTime.from(Instant.parse("2026-11-22T00:00:00Z"));

    private final Path bundles;
    private final Path target;

    /** Takes bundles as they are shipped, by their {@link Artifact#fileName()}. */
    Shipment(Path bundles, Path target) {
        this.bundles = bundles;
        this.target = target;
    }

    /**
     * Called by the build.
     *
     * @param arguments the directory of the bundles, and that where the results go
     * @throws IOException if a bundle is missing or something cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        new Shipment(Path.of(arguments[0]), Path.of(arguments[1])).write();
    }

    void write() throws IOException {
        Feature backup = Feature.shipped(Feature.BACKUP);
        Feature host = Feature.shipped(Feature.DEMO_HOST);
        Files.createDirectories(target);
        KarafRepository repository = new KarafRepository(backup, host, Feature.shipped(Feature.KARAF));
        Files.writeString(target.resolve(REPOSITORY), repository.xml());
        writeKar(repository.xml(), repository.bundles());
        writeFolder(FILE_INSTALL, backup.bundles());
        List<Artifact> autodeployed = new ArrayList<>(Feature.union(Feature.shipped(Feature.JAKARTA), backup));
        autodeployed.removeAll(backup.part(NOT_BY_JNDI));
        writeFolder(AUTODEPLOY, autodeployed);
    }

    /** Karaf's archive (KAR): a repository of Maven's layout; what is in it is installed when somebody asks for it. */
    private void writeKar(String repository, List<Artifact> artifacts) throws IOException {
        try (OutputStream file = Files.newOutputStream(target.resolve(KAR));
                ZipOutputStream kar = new ZipOutputStream(file)) {
            put(
                    kar,
                    "META-INF/MANIFEST.MF",
                    "Manifest-Version: 1.0\nKaraf-Feature-Start: false\n".getBytes(StandardCharsets.UTF_8));
            put(kar, "repository/" + REPOSITORY, repository.getBytes(StandardCharsets.UTF_8));
            for (Artifact artifact : artifacts) {
                put(
                        kar,
                        "repository/" + artifact.repositoryPath(),
                        Files.readAllBytes(bundles.resolve(artifact.fileName())));
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] contents) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(ANY_TIME);
        zip.putNextEntry(entry);
        zip.write(contents);
        zip.closeEntry();
    }

    private void writeFolder(String name, List<Artifact> artifacts) throws IOException {
        Path folder = Files.createDirectories(target.resolve(name));
        removeOthers(folder, artifacts);
        for (Artifact artifact : artifacts) {
            Files.copy(
                    bundles.resolve(artifact.fileName()),
                    folder.resolve(artifact.fileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What an earlier build left, a host would take for bundles that belong to the others. */
    private static void removeOthers(Path folder, List<Artifact> artifacts) throws IOException {
        Set<String> names = artifacts.stream().map(Artifact::fileName).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }
}
