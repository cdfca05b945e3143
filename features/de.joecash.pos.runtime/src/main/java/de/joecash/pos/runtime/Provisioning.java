package de.joecash.pos.runtime;

import de.joecash.backup.features.Artifact;
import de.joecash.backup.features.Feature;
import de.joecash.backup.features.StoredJars;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * Brings the bundles of the features into a framework that is initialised but not started. Only what changed in this
 * jar since the last time is touched, so that what an administrator updated, stopped or removed stays so.
 */
final class Provisioning {
    private static final String LOCATION = "joecash:";

    private final BundleContext context;
    private final List<Artifact> artifacts;
    private final Path record;
    private final Properties before = new Properties();
    private final Properties after = new Properties();

    Provisioning(BundleContext systemBundle, Feature... features) throws IOException {
        context = systemBundle;
        artifacts = Feature.union(features);
        File file = context.getDataFile("provisioned.properties");
        if (file == null) {
            throw new IOException("The framework keeps no files");
        }
        record = file.toPath();
        if (Files.exists(record)) {
            try (Reader reader = Files.newBufferedReader(record)) {
                before.load(reader);
            }
        }
    }

    void apply() throws IOException, BundleException {
        Set<String> wanted = artifacts.stream().map(Provisioning::location).collect(Collectors.toSet());
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(LOCATION) && !wanted.contains(bundle.getLocation())) {
                bundle.uninstall();
            }
        }
        Map<String, String> digests = digests();
        for (Artifact artifact : artifacts) {
            String digest = digests.get(artifact.fileName());
            if (digest == null) {
                throw new IOException("Not in this jar: " + artifact);
            }
            provision(artifact, digest);
        }
        if (!after.equals(before)) {
            write();
        }
    }

    private void provision(Artifact artifact, String digest) throws IOException, BundleException {
        after.setProperty(artifact.name(), digest);
        if (digest.equals(before.getProperty(artifact.name()))) {
            return;
        }
        Bundle bundle = context.getBundle(location(artifact));
        if (bundle == null) {
            bundle = context.installBundle(location(artifact), open(artifact.fileName()));
            start(bundle);
        } else {
            bundle.update(open(artifact.fileName()));
            if (!before.containsKey(artifact.name())) {
                // An earlier start was cut off between installing and recording.
                start(bundle);
            }
        }
    }

    /** Marks it for the framework's start; nothing runs before that. */
    private static void start(Bundle bundle) throws BundleException {
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    private static String location(Artifact artifact) {
        return LOCATION + artifact.name();
    }

    /** What the build noted: to read all bundles at each start would take longer than to start them. */
    private static Map<String, String> digests() throws IOException {
        try (InputStream digests = open(StoredJars.DIGESTS)) {
            return new String(digests.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("  ", 2))
                    .collect(Collectors.toMap(words -> words[1], words -> words[0]));
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream file = Provisioning.class.getResourceAsStream("/bundles/" + name);
        if (file == null) {
            throw new IOException("Not in this jar: " + name);
        }
        return file;
    }

    private void write() throws IOException {
        Files.createDirectories(record.toAbsolutePath().getParent());
        Path fresh = record.resolveSibling(record.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            after.store(writer, "Digests of the bundles as installed from the launcher's jar");
        }
        Files.move(fresh, record, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
