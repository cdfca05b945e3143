package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed here opens by Debian's {@code age}, and the other way round. */
class AgeCommandTest {
    private static final Path AGE = Path.of("/usr/bin/age");

    @TempDir
    Path directory;

    @BeforeAll
    static void needsAge() {
        Needed.on(Files.isExecutable(AGE), "the Debian package age");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 3_000_000})
    void ageOpensWhatIsSealedHere(int length) throws Exception {
        Path key = newKey();
        Path sealed = directory.resolve("sealed.age");
        Files.write(sealed, Sealed.sealed(Sealed.bytes(length), Sealed.newIdentity(), identity(key)));
        Path opened = directory.resolve("opened");

        run("/usr/bin/age", "-d", "-i", key.toString(), "-o", opened.toString(), sealed.toString());

        assertThat(Files.exists(opened) ? Files.readAllBytes(opened) : new byte[0])
                .isEqualTo(Sealed.bytes(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 3_000_000})
    void whatAgeSealedOpensHere(int length) throws Exception {
        Secret identity = identity(newKey());
        Path plain = Files.write(directory.resolve("plain"), Sealed.bytes(length));
        Path sealed = directory.resolve("sealed.age");

        run(
                "/usr/bin/age",
                "-r",
                Sealed.opener(Sealed.newIdentity()).recipient(),
                "-r",
                Sealed.opener(identity).recipient(),
                "-o",
                sealed.toString(),
                plain.toString());

        assertThat(Sealed.opened(Files.readAllBytes(sealed), identity)).isEqualTo(Sealed.bytes(length));
    }

    private Path newKey() throws Exception {
        Path key = directory.resolve("key.txt");
        run("/usr/bin/age-keygen", "-o", key.toString());
        return key;
    }

    private static Secret identity(Path key) throws IOException {
        return new Secret(Files.readAllLines(key).stream()
                .filter(line -> line.startsWith("AGE-SECRET-KEY-1"))
                .findFirst()
                .orElseThrow());
    }

    private void run(String... command) throws Exception {
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }
}
