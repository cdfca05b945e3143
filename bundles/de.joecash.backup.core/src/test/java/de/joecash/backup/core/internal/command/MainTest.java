package de.joecash.backup.core.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.catalogue.ManifestSamples;
import de.joecash.backup.core.internal.seal.TillKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final byte[] content = ArchiveSamples.lines(2_000_000, 1);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void givesBackWhatItWasGiven() {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        assertThat(run("verify", path("a.gz"))).isZero();
        out.reset();
        assertThat(run("cat", path("a.gz"))).isZero();
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void verifiesAndGivesBackWhatLiesInVolumes() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        byte[] archive = split("a.gz", 100_000);

        assertThat(run("verify", path("a.gz"))).isZero();
        assertThat(run("verify", path("a.gz.001"))).isZero();
        out.reset();
        assertThat(run("cat", path("a.gz"))).isZero();
        assertThat(out.toByteArray()).isEqualTo(content);

        Path second = directory.resolve("a.gz.002");
        byte[] damaged = Files.readAllBytes(second);
        damaged[damaged.length / 2] ^= 1;
        Files.write(second, damaged);
        out.reset();
        assertThat(run("verify", path("a.gz"))).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Damaged: member ");

        Files.write(directory.resolve("a.gz"), archive);
        assertThat(run("verify", path("a.gz"))).as("in one piece beside them").isZero();
    }

    @Test
    void saysWhichVolumeIsMissing() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        byte[] archive = split("a.gz", 100_000);
        assertThat(archive.length).isGreaterThan(200_000);

        Files.delete(directory.resolve("a.gz.002"));
        assertThat(run("verify", path("a.gz"))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a.gz.002");

        try (Stream<Path> all = Files.list(directory)) {
            for (Path volume :
                    all.filter(file -> file.toString().matches(".*\\.00[3-9]")).toList()) {
                Files.delete(volume);
            }
        }
        assertThat(run("verify", path("a.gz")))
                .as("only its beginning is there")
                .isEqualTo(1);
        Files.delete(directory.resolve("a.gz.001"));
        assertThat(run("verify", path("a.gz"))).isEqualTo(1);
    }

    /** As a medium has it that cannot hold it in one piece. */
    private byte[] split(String name, int length) throws IOException {
        Path file = directory.resolve(name);
        byte[] archive = Files.readAllBytes(file);
        for (int from = 0, number = 1; from < archive.length; from += length, number++) {
            Files.write(
                    directory.resolve(String.format(Locale.ROOT, "%s.%03d", name, number)),
                    Arrays.copyOfRange(archive, from, Math.min(archive.length, from + length)));
        }
        Files.delete(file);
        return archive;
    }

    @Test
    void findsTheIndexOfKeptFilesBehindThatOfTheDatabase() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        Files.move(directory.resolve("a.gz"), directory.resolve("b.files.tar.gz"));
        String index = Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve("a.gz.index")));
        Files.writeString(
                directory.resolve("b.json"),
                "{\"index\": \"AAAA\", \"files\": {\"folders\": [\"x\"], \"files\": 1, \"index\": \"" + index + "\"}}");

        assertThat(run("verify", path("b.files.tar.gz"))).isZero();
    }

    @Test
    void saysWhoSignedTheManifestAndRefusesOneThatWasChanged() throws Exception {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        String index = Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve("a.gz.index")));
        Files.move(directory.resolve("a.gz"), directory.resolve("b.sql.gz"));
        TillKey key = TillKey.open(directory.resolve("keys"));
        byte[] text = ManifestSamples.signed(
                "{\n  \"format\": 4,\n  \"id\": \"b\",\n  \"index\": \"" + index + "\"\n}\n", key);
        Path manifest = Files.write(directory.resolve("b.json"), text);

        assertThat(run("verify", path("b.sql.gz"))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Signed by " + key.fingerprint());

        Files.writeString(manifest, new String(text, StandardCharsets.UTF_8).replace("\"format\": 4", "\"format\": 5"));
        assertThat(run("verify", path("b.sql.gz"))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("signature of " + manifest + " is wrong");

        Files.write(manifest, text);
        Files.move(manifest, directory.resolve("c.json"));
        Files.move(directory.resolve("b.sql.gz"), directory.resolve("c.sql.gz"));
        assertThat(run("verify", path("c.sql.gz"))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("manifest of another backup: b");
    }

    @Test
    void makesAnArchiveInThePlaceOfTheOneThatItReuses() {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        out.reset();
        assertThat(run(content, "create", path("a.gz"), "--reuse", path("a.gz")))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("0 members reused");
        assertThat(run("verify", path("a.gz"))).isZero();
    }

    @Test
    void keepsWhatWasThereWhenTheContentBreaksOff() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the dump broke off");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThat(run(broken, "create", path("a.gz"))).isEqualTo(1);

        assertThat(run("verify", path("a.gz"))).isZero();
        assertThat(names()).containsExactly("a.gz", "a.gz.index");
    }

    @Test
    void writesNothingWhereAPartIsMissing() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        assertThat(run(new byte[] {1}, "create", path("b.gz"))).isZero();

        assertThat(run("assemble", path("c.gz"), "--index", path("a.gz.index"), path("b.gz")))
                .isEqualTo(1);

        assertThat(names()).containsExactly("a.gz", "a.gz.index", "b.gz", "b.gz.index");
    }

    @Test
    void leavesADamagedFileAsItIs() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        Path file = directory.resolve("a.gz");
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);

        assertThat(run("verify", path("a.gz"))).isEqualTo(1);
        assertThat(run("salvage", path("a.gz"), path("a.gz"))).isEqualTo(2);
        assertThat(file).hasBinaryContent(damaged);
        assertThat(run("salvage", path("a.gz"), path("rest"))).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 gaps");
    }

    @Test
    void salvagesOverNothingThatIsThere() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        assertThat(run(content, "create", path("b.gz"))).isZero();
        byte[] other = Files.readAllBytes(directory.resolve("b.gz"));

        assertThat(run("salvage", path("a.gz"), path("b.gz"))).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("b.gz is there already and is not replaced");
        assertThat(directory.resolve("b.gz")).hasBinaryContent(other);
    }

    @Test
    void leavesNoFileWhereNothingIsLeftToSalvage() throws IOException {
        Files.write(directory.resolve("a.gz"), new byte[1000]);

        assertThat(run("salvage", path("a.gz"), path("rest"))).isEqualTo(1);

        assertThat(names()).containsExactly("a.gz");
    }

    @Test
    void namesAFileThatIsNotThere() throws IOException {
        for (String[] arguments :
                new String[][] {{"verify", path("a.gz")}, {"cat", path("a.gz")}, {"salvage", path("a.gz"), path("rest")}
                }) {
            err.reset();
            assertThat(run(arguments)).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo("There is no " + path("a.gz") + ".");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void givesNoPartOfAnArchiveForAllOfIt() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        Path index = directory.resolve("a.gz.index");
        byte[] whole = Files.readAllBytes(index);
        Files.write(index, Arrays.copyOf(whole, whole.length - 42));

        assertThat(run("cat", path("a.gz"))).isEqualTo(1);
        assertThat(run("verify", path("a.gz"))).isEqualTo(1);
    }

    @Test
    void salvagesAnArchiveWhoseIndexIsBroken() throws IOException {
        assertThat(run(content, "create", path("a.gz"))).isZero();
        Files.write(directory.resolve("a.gz.index"), new byte[] {1, 2, 3});

        assertThat(run("salvage", path("a.gz"), path("rest"))).isEqualTo(1);

        assertThat(directory.resolve("rest")).hasBinaryContent(content);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("The index is damaged too");
    }

    @Test
    void saysWhoReadsAnArchiveThatHasNoIndexOrABrokenOne() throws IOException {
        assertThat(run(content, "create", path("a.sql.gz"))).isZero();
        Files.delete(directory.resolve("a.sql.gz.index"));
        out.reset();

        assertThat(run("cat", path("a.sql.gz"))).isEqualTo(1);
        assertThat(out.toByteArray()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("gunzip and salvage");
        Files.writeString(directory.resolve("a.json"), "{\"index\": \"A\"}");
        assertThat(run("verify", path("a.sql.gz"))).isEqualTo(1);
        Files.delete(directory.resolve("a.json"));
        assertThat(run("salvage", path("a.sql.gz"), path("rest"))).isZero();
        assertThat(directory.resolve("rest")).hasBinaryContent(content);
    }

    @Test
    void saysWhatItUnderstands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("salvage FILE.gz OUT");
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        String[][] wrong = {
            {},
            {"create"},
            {"make", "a.gz"},
            {"create", "a.gz", "--level", "10"},
            {"create", "a.gz", "--codec", "zip"},
            {"create", "a.gz", "--workers", "0"},
            {"create", "a.gz", "--level"},
            {"create", "a.gz", "--proof", "perhaps"},
            {"assemble", "a.gz", "b.gz"},
            {"salvage", "a.gz"}
        };
        for (String[] arguments : wrong) {
            err.reset();
            assertThat(run(arguments)).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .doesNotContain("null")
                    .contains("create OUT.gz");
        }
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private int run(String... arguments) {
        return run(new byte[0], arguments);
    }

    private int run(byte[] in, String... arguments) {
        return run(new ByteArrayInputStream(in), arguments);
    }

    private int run(InputStream in, String... arguments) {
        return Main.run(
                arguments,
                in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
    }
}
