package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.Needed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillKeyTest {
    private static final byte[] TEXT = "signed".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path keys;
    private Path file;

    @BeforeEach
    void names() {
        keys = folder.resolve("keys");
        file = keys.resolve("till.key");
    }

    @Test
    void isMadeOnceAndForItsOwnerAlone() throws IOException {
        TillKey made = TillKey.open(keys);
        byte[] bytes = Files.readAllBytes(file);
        TillKey again = TillKey.open(keys);

        assertThat(again.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        assertThat(keys).isDirectoryNotContaining(left -> !left.equals(file));
    }

    @Test
    void whatItSignsIsByItAndByNobodyElse() throws IOException {
        TillKey key = TillKey.open(keys);
        TillKey other = TillKey.open(folder.resolve("other"));
        byte[] signature = key.sign(TEXT);

        assertThat(TillKey.verifies(key.publicKey(), TEXT, signature)).isTrue();
        assertThat(TillKey.verifies(other.publicKey(), TEXT, signature)).isFalse();
        assertThat(TillKey.verifies(key.publicKey(), new byte[] {1}, signature)).isFalse();
        assertThat(TillKey.verifies(key.publicKey(), TEXT, new byte[3])).isFalse();
    }

    @Test
    void aDamagedOneIsRefusedAndNeverReplaced() throws IOException {
        String made = made();
        int privateHalf = made.indexOf('\n') + 40;
        String other = other();
        for (String damaged : new String[] {
            "",
            "damaged",
            made.substring(0, made.length() / 2),
            made.substring(0, privateHalf)
                    + (made.charAt(privateHalf) == 'A' ? 'B' : 'A')
                    + made.substring(privateHalf + 1),
            made.substring(0, made.indexOf("-----BEGIN PUBLIC")) + other.substring(other.indexOf("-----BEGIN PUBLIC")),
            "x".repeat(5000)
        }) {
            Files.writeString(file, damaged);

            assertThatThrownBy(() -> TillKey.open(keys))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining(made.substring(privateHalf, privateHalf + 8));
            assertThat(file).hasContent(damaged);
        }
    }

    @Test
    void aLinkOrADirectoryInItsPlaceIsRefused() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Files.writeString(elsewhere, made());
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);
        assertThatThrownBy(() -> TillKey.open(keys)).isInstanceOf(IOException.class);
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        assertThatThrownBy(() -> TillKey.open(keys)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("nowhere")).doesNotExist();
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> TillKey.open(keys)).isInstanceOf(IOException.class);
    }

    @Test
    void whatACutOffStartLeftIsReplaced() throws IOException {
        Files.createDirectory(keys);
        Files.writeString(keys.resolve("till.key.part"), "half");

        TillKey key = TillKey.open(keys);

        assertThat(TillKey.open(keys).fingerprint()).isEqualTo(key.fingerprint());
        assertThat(keys.resolve("till.key.part")).doesNotExist();
    }

    @Test
    void opensslReadsItAndVerifiesWhatItSigned() throws Exception {
        Needed.on(Files.isExecutable(Path.of("/usr/bin/openssl")), "the Debian package openssl");
        TillKey key = TillKey.open(keys);
        Path text = Files.write(folder.resolve("text"), TEXT);
        Path signature = Files.write(folder.resolve("signature"), key.sign(TEXT));

        Process process = new ProcessBuilder(
                        "/usr/bin/openssl",
                        "pkeyutl",
                        "-verify",
                        "-inkey",
                        file.toString(),
                        "-rawin",
                        "-in",
                        text.toString(),
                        "-sigfile",
                        signature.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(said).contains("Signature Verified Successfully");
    }

    @Test
    void onlyEd25519InItsOneEncodingIsAPublicKey() throws IOException, GeneralSecurityException {
        byte[] encoded = TillKey.open(keys).publicKey().getEncoded();

        assertThat(TillKey.publicKey(encoded)).isPresent();
        assertThat(TillKey.publicKey(Arrays.copyOf(encoded, encoded.length + 1)))
                .isEmpty();
        assertThat(TillKey.publicKey(KeyPairGenerator.getInstance("X25519")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded()))
                .isEmpty();
        assertThat(TillKey.publicKey(new byte[0])).isEmpty();
    }

    @Test
    void itsTextTellsNothingOfThePrivateHalf() throws IOException {
        TillKey key = TillKey.open(keys);

        assertThat(key.toString()).isEqualTo("TillKey[" + key.fingerprint() + "]");
    }

    private String made() throws IOException {
        TillKey unused = TillKey.open(keys);
        return Files.readString(file);
    }

    private String other() throws IOException {
        TillKey unused = TillKey.open(folder.resolve("other"));
        return Files.readString(folder.resolve("other/till.key"));
    }
}
