package de.joecash.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import de.joecash.backup.features.Artifact;
import de.joecash.backup.features.Feature;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;

/** What a container is made of: exactly what the shipped descriptors name. Lives outside of the container. */
final class TillOptions {
    /** Framework property: the jars of the backup, joined as a class path. */
    static final String BACKUP_BUNDLES = "de.joecash.itests.backup";

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private TillOptions() {}

    /** A host with the backup in it, in a fresh data directory, its back office on any free port. */
    static Option whole(Class<?> test, int receipts) {
        return composite(
                host(data(test), receipts),
                // Whoever needs +Backup books it: no automatic backup comes in between.
                frameworkProperty("de.joecash.features").value(""),
                bundles(Feature.union(Feature.shipped(Feature.DEMO_HOST), Feature.shipped(Feature.BACKUP))));
    }

    /** The same host without the backup, to install it into. */
    static Option hostAlone(Class<?> test, int receipts) {
        return composite(
                host(data(test), receipts),
                frameworkProperty(BACKUP_BUNDLES).value(backupBundles()),
                bundles(Feature.union(Feature.shipped(Feature.DEMO_HOST))));
    }

    /** The jars of the backup, as shipped, for a test inside the framework. */
    private static String backupBundles() {
        List<String> jars = new ArrayList<>();
        for (Artifact artifact : Feature.union(Feature.shipped(Feature.BACKUP))) {
            jars.add(TARGET.resolve("bundles").resolve(artifact.fileName()).toString());
        }
        return String.join(File.pathSeparator, jars);
    }

    private static Option host(Path data, int receipts) {
        return composite(
                workingDirectory(data.resolve("framework").toString()),
                cleanCaches(false),
                frameworkProperty("gosh.args").value("--nointeractive --noshutdown"),
                frameworkProperty("de.joecash.data").value(data.toString()),
                frameworkProperty("de.joecash.receipts").value(Integer.toString(receipts)),
                frameworkProperty("org.osgi.service.http.port").value("0"),
                frameworkProperty("org.apache.felix.http.host").value("127.0.0.1"),
                frameworkProperty("org.ops4j.pax.logging.DefaultServiceLog.level")
                        .value("WARN"),
                frameworkProperty("org.ops4j.pax.logging.StaticLogbackFile")
                        .value(TARGET.resolve("test-classes/logback-container.xml")
                                .toString()),
                junitBundles(),
                files(TARGET.resolve("test-bundles")));
    }

    private static Option bundles(Iterable<Artifact> artifacts) {
        List<Option> options = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            options.add(file(TARGET.resolve("bundles").resolve(artifact.fileName())));
        }
        return composite(options.toArray(Option[]::new));
    }

    private static Option files(Path directory) {
        try (var files = Files.list(directory)) {
            return composite(files.sorted().map(TillOptions::file).toArray(Option[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Option file(Path jar) {
        return bundle(jar.toUri().toString());
    }

    private static Path data(Class<?> test) {
        try {
            Path tills = Files.createDirectories(TARGET.resolve("tills"));
            return Files.createTempDirectory(tills, test.getSimpleName() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
