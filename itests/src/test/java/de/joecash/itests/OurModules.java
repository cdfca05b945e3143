package de.joecash.itests;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Our modules as the build left them. */
final class OurModules {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final JavaClasses MAIN = imported("target/classes");
    private static final JavaClasses TESTS = imported("target/test-classes");

    private OurModules() {}

    /** Directories of every module with Java in it. */
    static List<Path> all() {
        try (Stream<Path> bundles = Files.list(ROOT.resolve("bundles"));
                Stream<Path> features = Files.list(ROOT.resolve("features"))) {
            return Stream.of(bundles, features, Stream.of(ROOT.resolve("itests")))
                    .flatMap(directories -> directories)
                    .filter(directory -> Files.exists(directory.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The classes of one module, ours alone. */
    static List<JavaClass> classes(Path module) {
        String directory = module.resolve("target/classes").toUri().toString();
        return MAIN.stream()
                .filter(type ->
                        type.getSource().orElseThrow().getUri().toString().startsWith(directory))
                .toList();
    }

    /** The classes of all modules, ours alone. */
    static JavaClasses mainClasses() {
        return MAIN;
    }

    /** The tests of all modules. */
    static JavaClasses testClasses() {
        return TESTS;
    }

    /** The sources of all modules, main and test. */
    static List<Path> sources() {
        return all().stream()
                .map(module -> module.resolve("src"))
                .filter(Files::isDirectory)
                .flatMap(OurModules::javaFiles)
                .toList();
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The runnable jar's directory also holds what was unpacked into it: only ours counts. */
    private static JavaClasses imported(String directory) {
        return new ClassFileImporter()
                .withImportOption(location -> location.contains("/de/joecash/"))
                .importPaths(all().stream()
                        .map(module -> module.resolve(directory))
                        .filter(Files::isDirectory)
                        .toList());
    }
}
