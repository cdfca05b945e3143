package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What our bundles show of themselves, read from the jars that are shipped. */
class ExportedPackagesTest {
    private static final Map<String, Set<String>> EXPORTS = Map.of(
            "de.joecash.pos.api",
                    Set.of(
                            "de.joecash.pos.activity",
                            "de.joecash.pos.closing",
                            "de.joecash.pos.database",
                            "de.joecash.pos.entitlement",
                            "de.joecash.pos.files",
                            "de.joecash.pos.menu",
                            "de.joecash.pos.notification",
                            "de.joecash.pos.settings"),
            "de.joecash.backup.api", Set.of("de.joecash.backup", "de.joecash.backup.spi"),
            // Nothing of ours: what a Jakarta EE server lacks.
            "de.joecash.pos.jakarta.platform",
                    Set.of(
                            "javax.servlet",
                            "javax.servlet.annotation",
                            "javax.servlet.descriptor",
                            "javax.servlet.http",
                            "org.apache.commons.logging",
                            "org.apache.commons.logging.impl",
                            "org.osgi.service.component",
                            "org.osgi.service.component.propertytypes",
                            "org.osgi.service.component.runtime",
                            "org.osgi.service.component.runtime.dto",
                            "org.osgi.util.function",
                            "org.osgi.util.promise",
                            "org.slf4j",
                            "org.slf4j.event",
                            "org.slf4j.helpers",
                            "org.slf4j.spi"));

    /** What lives inside one of ours, seen by nobody else; with an asterisk, all below. */
    private static final Map<String, Set<String>> EMBEDDED = Map.of(
            "de.joecash.backup.core",
                    Set.of(
                            "com.exceptionfactory.jagged.*",
                            "com.intel.gkl",
                            "com.intel.gkl.compression",
                            "com.jcraft.jzlib",
                            "io.nayuki.qrcodegen",
                            "org.broadinstitute.gatk.nativebindings"),
            "de.joecash.backup.destination.ftp", Set.of("de.joecash.backup.remote"),
            "de.joecash.backup.destination.s3",
                    Set.of(
                            "de.joecash.backup.remote",
                            "software.amazon.awssdk.*",
                            "software.amazon.eventstream.*",
                            "org.reactivestreams.*"),
            "de.joecash.backup.destination.sftp", Set.of("de.joecash.backup.remote", "org.apache.sshd.*"),
            "de.joecash.backup.source.postgresql", Set.of("de.joecash.backup.tools"),
            "de.joecash.backup.source.mariadb", Set.of("de.joecash.backup.tools"),
            "de.joecash.backup.update", Set.of("com.google.gson.*"),
            "de.joecash.pos.jakarta.platform", Set.of("org.slf4j.jul"));

    private record OurBundle(String symbolicName, Attributes headers, Set<String> packages) {}

    @Test
    void exportedPackagesAreExactlyTheList() {
        Map<String, Set<String>> exports = new TreeMap<>();
        for (OurBundle bundle : bundles()) {
            Set<String> exported = clauses(bundle.headers().getValue("Export-Package"));
            if (!exported.isEmpty()) {
                exports.put(bundle.symbolicName(), exported);
            }
        }

        assertThat(exports).isEqualTo(EXPORTS);
    }

    @Test
    void everythingElseIsInternal() {
        assertThat(bundles()).allSatisfy(bundle -> assertThat(bundle.packages())
                .as(bundle.symbolicName())
                .allMatch(name ->
                        EXPORTS.getOrDefault(bundle.symbolicName(), Set.of()).contains(name)
                                || isEmbedded(bundle.symbolicName(), name)
                                || (name + ".").startsWith(bundle.symbolicName() + ".internal.")));
    }

    private static boolean isEmbedded(String bundle, String name) {
        return EMBEDDED.getOrDefault(bundle, Set.of()).stream()
                .anyMatch(one -> one.endsWith(".*")
                        ? (name + ".").startsWith(one.substring(0, one.length() - 1))
                        : one.equals(name));
    }

    @Test
    void nobodyImportsInternals() {
        assertThat(bundles())
                .allSatisfy(bundle -> assertThat(clauses(bundle.headers().getValue("Import-Package")))
                        .as(bundle.symbolicName())
                        .noneMatch(name -> name.startsWith("de.joecash.") && name.contains(".internal")));
    }

    @Test
    void bundlesKeepToImportPackageAndDeclarativeServices() {
        assertThat(bundles()).allSatisfy(bundle -> assertThat(
                        Stream.of("Bundle-Activator", "Require-Bundle", "DynamicImport-Package")
                                .filter(header -> bundle.headers().getValue(header) != null))
                .as(bundle.symbolicName())
                .isEmpty());
    }

    private static Set<OurBundle> bundles() {
        try (Stream<Path> jars = Files.list(Path.of("target", "bundles"))) {
            Set<OurBundle> bundles = jars.filter(
                            jar -> jar.getFileName().toString().startsWith("de.joecash."))
                    .map(ExportedPackagesTest::read)
                    .collect(Collectors.toSet());
            assertThat(bundles).hasSizeGreaterThanOrEqualTo(11);
            return bundles;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OurBundle read(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            Set<String> packages = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
            return new OurBundle(headers.getValue("Bundle-SymbolicName"), headers, packages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages of a header, without quoted attributes, directives and versions. */
    private static Set<String> clauses(String header) {
        if (header == null) {
            return Set.of();
        }
        return Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(",", -1))
                .map(clause -> clause.split(";", 2)[0].strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
