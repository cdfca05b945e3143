package de.joecash.backup.update.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.joecash.backup.update.internal.Vendor;
import de.joecash.backup.update.internal.set.ListedBundle;
import de.joecash.backup.update.internal.set.SetFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Vendor vendor;
    private Path key;
    private Path set;

    @BeforeEach
    void setUp() throws Exception {
        vendor = new Vendor();
        key = vendor.keyFile(directory);
        set = directory.resolve("set.zip");
        Files.write(directory.resolve("a.jar"), Vendor.bundle("Bundle-SymbolicName=a", "Bundle-Version=1"));
        Files.write(directory.resolve("b.jar"), Vendor.bundle("Bundle-SymbolicName=b", "Bundle-Version=2.0"));
    }

    @Test
    void makesASetThatATillReads() throws Exception {
        assertThat(run("make", set, "backup", "1.2", key, directory.resolve("a.jar"), "+" + directory.resolve("b.jar")))
                .isZero();

        try (SetFile file = SetFile.open(set, List.of(vendor.key()))) {
            assertThat(file.list().toString()).isEqualTo("backup 1.2");
            assertThat(file.list().bundles())
                    .extracting(ListedBundle::symbolicName, ListedBundle::version, ListedBundle::install)
                    .containsExactly(tuple("a", "1", false), tuple("b", "2.0", true));
        }
        assertThat(directory.resolve("set.zip.part")).doesNotExist();
    }

    @Test
    void makesEqualSetsOfEqualBundles() throws Exception {
        run("make", set, "backup", "1.2", key, directory.resolve("a.jar"));
        byte[] first = Files.readAllBytes(set);
        run("make", set, "backup", "1.2", key, directory.resolve("a.jar"));

        assertThat(set).hasBinaryContent(first);
    }

    @Test
    void printsWhatTillsAreConfiguredWith() {
        assertThat(run("public", key)).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines(vendor.key() + "\n");
    }

    @Test
    void refusesWhatNoTillWouldTake() throws Exception {
        Path fragment = Files.write(
                directory.resolve("f.jar"),
                Vendor.bundle("Bundle-SymbolicName=f", "Bundle-Version=1", "Fragment-Host=a"));

        assertThat(run("make", set, "backup", "1.2", key, fragment)).isEqualTo(1);
        assertThat(run("make", set, "back up", "1.2", key, directory.resolve("a.jar")))
                .isEqualTo(2);
        assertThat(set).doesNotExist();
    }

    @Test
    void saysWhatItIsCalledWithAndNothingOfAKey() throws Exception {
        assertThat(run()).isEqualTo(2);
        assertThat(run("make", set)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("make SET.zip", "openssl genpkey");
        Files.writeString(key, Files.readString(key).replace("PUBLIC", "OTHER"));
        err.reset();

        assertThat(run("public", key)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(
                        key + " does not hold the private and the public half of an Ed25519 key in PEM\n");
    }

    private int run(Object... arguments) {
        return Main.run(
                Stream.of(arguments).map(Object::toString).toList(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
