package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.itests.host.Door;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** What a vendor would write for a host of his own, made as jars. */
final class HostBundle {
    private static final Path GUIDE = Path.of("../features/README.md");
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern CONFIGURATION =
            Pattern.compile("`Require-Capability: ([^`]*)`.*?```json\n(.*?)```", Pattern.DOTALL);

    private HostBundle() {}

    /** What the pages ask of a host, see {@link Door}. */
    static Path door(Path directory) throws IOException {
        Path classes = Path.of(
                Door.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        return jar(
                directory.resolve("door.jar"),
                Door.class,
                classes,
                "jakarta.servlet;version=\"[6.0,7)\",jakarta.servlet.http;version=\"[6.0,7)\","
                        + "org.osgi.framework;version=\"[1.10,2)\",org.osgi.service.servlet.context;version=\"[2.0,3)\"");
    }

    /** The whole host of the integrator's guide, as it stands there. */
    static Path exampleHost(Path directory) throws IOException {
        return jar(
                directory.resolve("example-host.jar"),
                "com.example.pos.ExampleHost",
                compiled("ExampleHost", directory.resolve("classes")),
                "de.joecash.pos.database;version=\"[1,2)\",de.joecash.pos.entitlement;version=\"[1,2)\",javax.sql,"
                        + "org.h2.jdbcx,org.osgi.framework;version=\"[1.10,2)\"");
    }

    /** The whole application of the integrator's guide for a Jakarta EE server, as it stands there. */
    static Path exampleApplication(Path directory) throws IOException {
        Path root = directory.resolve("application");
        compiled("Shop", root.resolve("WEB-INF/classes"));
        Path archive = directory.resolve("shop.war");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(archive))) {
            put(out, root, root.resolve("WEB-INF/classes/com/example/shop"));
        }
        return archive;
    }

    /** The bundle without code of the integrator's guide that sets up a fleet, as it stands there. */
    static Path exampleFleet(Path directory) throws IOException {
        Matcher guide = CONFIGURATION.matcher(Files.readString(GUIDE));
        assertThat(guide.find()).as("a configuration in %s", GUIDE).isTrue();
        Manifest manifest = manifest("com.example.fleet");
        manifest.getMainAttributes().putValue("Require-Capability", guide.group(1));
        Path jar = directory.resolve("fleet.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("OSGI-INF/configurator/fleet.json"));
            out.write(guide.group(2).getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static Path compiled(String type, Path classes) throws IOException {
        String code = CODE.matcher(Files.readString(GUIDE))
                .results()
                .map(example -> example.group(1))
                .filter(example -> example.contains("class " + type + " "))
                .findFirst()
                .orElseThrow();
        Path source = Files.writeString(Files.createDirectories(classes).resolveSibling(type + ".java"), code);
        List<String> arguments = List.of(
                "--release",
                "17",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("compiles")
                .isZero();
        return classes;
    }

    private static Path jar(Path jar, Class<?> activator, Path classes, String imports) throws IOException {
        return jar(jar, activator.getName(), classes, imports);
    }

    /** Packs the activator's package. */
    private static Path jar(Path jar, String activator, Path classes, String imports) throws IOException {
        Manifest manifest = manifest(activator);
        Attributes main = manifest.getMainAttributes();
        main.putValue("Bundle-Activator", activator);
        main.putValue("Import-Package", imports);
        Path directory = classes.resolve(
                activator.substring(0, activator.lastIndexOf('.')).replace('.', '/'));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            put(out, classes, directory);
        }
        return jar;
    }

    private static Manifest manifest(String name) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", "1.0.0");
        return manifest;
    }

    private static void put(JarOutputStream out, Path root, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }
}
