package de.joecash.backup.core.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.seal.Fingerprint;
import de.joecash.backup.core.internal.seal.TillKey;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.Needed;
import de.joecash.backup.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestSignatureTest {
    private final MemberIndex index =
            ArchiveSamples.write(ArchiveSamples.lines(400_000, 1)).index();
    private final Manifest manifest = ManifestSamples.described(
            Samples.manifest(7, BackupKind.AUTOMATIC, ZonedDateTime.parse("2026-11-22T07:00:00+01:00[Europe/Berlin]")),
            Manifest.FORMAT,
            index);
    private final IndexedManifest indexed = new IndexedManifest(manifest, Optional.of(index));

    @TempDir
    Path directory;

    private TillKey key;
    private byte[] text;

    @BeforeEach
    void signs() throws IOException {
        key = TillKey.open(directory.resolve("keys"));
        text = WrittenManifest.signed(indexed, key).text();
    }

    @Test
    void whatIsSignedIsReadAndItsSignerIsKnown() throws BackupException {
        WrittenManifest read = WrittenManifest.read(manifest.manifestName(), text);

        assertThat(read.indexed()).isEqualTo(indexed);
        assertThat(read.signer()).contains(key.fingerprint());
        assertThat(read.text()).isEqualTo(text);
    }

    /** Signed by OpenSSL, not by us. Any change here makes backups unreadable that exist. */
    @Test
    void whatWasSignedIsReadForEver() throws IOException, BackupException {
        try (InputStream in = ManifestSignatureTest.class.getResourceAsStream("manifest-4.json")) {
            WrittenManifest read = WrittenManifest.read(manifest.manifestName(), in.readAllBytes());

            assertThat(read.signer()).contains(new Fingerprint("KA39-GTHH-Q4XS-WVQC-VKRC-Y6UX"));
            assertThat(read.manifest().trigger()).isEqualTo("test");
        }
    }

    /** The procedure of bundles/README.md, word for word. */
    @Test
    void opensslAndTheUsualToolsVerifyIt() throws Exception {
        Needed.on(Files.isExecutable(Path.of("/usr/bin/openssl")), "the Debian package openssl");
        Files.write(directory.resolve("BACKUP.json"), text);

        assertThat(
                        shell(
                                """
                        sed -n 's/^  "publicKey": "\\(.*\\)",$/\\1/p' BACKUP.json | base64 -d > key.der
                        sed -n 's/^  "signature": "\\(.*\\)"$/\\1/p' BACKUP.json | base64 -d > signature
                        head -n -2 BACKUP.json > signed
                        openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in signed -sigfile signature
                        """))
                .contains("Signature Verified Successfully");
    }

    @Test
    void everyByteThatIsFlippedIsRefused() {
        for (int i = 0; i < text.length; i++) {
            // Every bit of the last lines, which are not signed themselves; of the others one.
            int bits = i < text.length - 300 ? 1 << i % 8 : 0xff;
            for (int bit = 1; bit < 0x100; bit <<= 1) {
                if ((bits & bit) != 0) {
                    byte[] flipped = text.clone();
                    flipped[i] ^= (byte) bit;
                    assertRefused(flipped, "byte " + i + " by " + bit);
                }
            }
        }
    }

    @Test
    void everyCutAndEverythingAddedIsRefused() {
        String whole = new String(text, StandardCharsets.UTF_8);
        for (int length = 0; length < text.length; length += 1 + length / 64) {
            assertRefused(Arrays.copyOf(text, length), "cut at " + length);
        }
        for (String added : new String[] {"\n", " ", "}", "{}", "\0", "\n  \"signature\": \"\"\n}\n", whole}) {
            assertRefused((whole + added).getBytes(StandardCharsets.UTF_8), "added " + added.length());
            assertRefused((added + whole).getBytes(StandardCharsets.UTF_8), "before " + added.length());
        }
    }

    @Test
    void anotherFormOfTheSameTextIsRefused() {
        String signature = line("signature");
        String publicKey = line("publicKey");
        List<UnaryOperator<String>> forms = List.of(
                t -> t.replace("\n", "\r\n"),
                t -> t.replace("\n", "\r"),
                t -> t.replace("\n}\n", "\n}"),
                t -> t.replace("\n}\n", "\r\n}\n"),
                t -> t.replace(signature, signature + ",\n" + signature),
                t -> t.replace(signature, signature.replace("  \"", "   \"")),
                t -> t.replace(publicKey + ",\n" + signature, signature + ",\n" + publicKey),
                t -> t.replace(publicKey, publicKey + ",\n" + publicKey),
                t -> t.replace(signature, "  \"signature\": null"),
                t -> t.replace(",\n" + signature, ""),
                t -> t.replace(",\n" + publicKey, ""),
                t -> "\ufeff" + t,
                t -> " " + t);
        for (int i = 0; i < forms.size(); i++) {
            String whole = new String(text, StandardCharsets.UTF_8);
            String other = forms.get(i).apply(whole);
            assertThat(other).as("form %d", i).isNotEqualTo(whole);
            assertRefused(other.getBytes(StandardCharsets.UTF_8), "form " + i);
        }
    }

    /** Only whoever has the key can make such a text; two readers must not find two truths in it all the same. */
    @Test
    void aNameThatStandsThereTwiceIsRefusedEvenWhereItIsSigned() {
        String unsigned = new String(ManifestFormat.unsigned(indexed), StandardCharsets.UTF_8);
        for (String twice : List.of(
                unsigned.replace("\n  \"trigger\"", "\n  \"kind\": \"MANUAL\",\n  \"trigger\""),
                unsigned.replaceFirst("\"rows\": ", "\"rows\": 1, \"rows\": "))) {
            assertThat(twice).isNotEqualTo(unsigned);
            byte[] signed = ManifestSignature.sign(twice.getBytes(StandardCharsets.UTF_8), key);
            assertThat(ManifestSignature.of(signed)).isPresent();
            assertRefused(signed, "twice");
        }
    }

    @Test
    void oneWithoutASignatureIsWrongAndSoIsAnOlderOneWithOne() throws BackupException {
        assertThat(problem(ManifestFormat.unsigned(indexed)))
                .contains(new Problem.SignatureWrong(manifest.manifestName()));
        String downgraded = new String(text, StandardCharsets.UTF_8).replace("\"format\": 4", "\"format\": 3");
        assertThat(problem(downgraded.getBytes(StandardCharsets.UTF_8)))
                .contains(new Problem.SignatureWrong(manifest.manifestName()));
    }

    @Test
    void anotherTillsSignatureInItsPlaceIsWrong() throws IOException {
        TillKey other = TillKey.open(directory.resolve("other"));
        String theirs = new String(WrittenManifest.signed(indexed, other).text(), StandardCharsets.UTF_8);
        String signature = theirs.substring(theirs.indexOf("  \"signature\""));
        String mixed = new String(text, StandardCharsets.UTF_8).replaceFirst("(?s)  \"signature\".*", signature);

        assertThat(problem(mixed.getBytes(StandardCharsets.UTF_8)))
                .contains(new Problem.SignatureWrong(manifest.manifestName()));
    }

    @Test
    void formatsWithoutASignatureAreReadAsBefore() throws BackupException {
        for (int format = 1; format <= 3; format++) {
            IndexedManifest old = new IndexedManifest(
                    ManifestSamples.described(manifest, format, index),
                    format == 1 ? Optional.empty() : Optional.of(index));
            WrittenManifest read = WrittenManifest.read(manifest.manifestName(), ManifestFormat.unsigned(old));

            assertThat(read.indexed()).isEqualTo(old);
            assertThat(read.signer()).isEmpty();
        }
    }

    private String line(String name) {
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("  \"" + name + "\""))
                .map(line -> line.replaceAll(",$", ""))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(byte[] other, String what) {
        assertThatExceptionOfType(BackupException.class)
                .as(what)
                .isThrownBy(() -> WrittenManifest.read(manifest.manifestName(), other))
                .satisfies(e -> assertThat(e.problem())
                        .isInstanceOfAny(Problem.SignatureWrong.class, Problem.ManifestUnreadable.class));
    }

    private Optional<Problem> problem(byte[] other) {
        try {
            WrittenManifest unused = WrittenManifest.read(manifest.manifestName(), other);
            return Optional.empty();
        } catch (BackupException e) {
            return Optional.of(e.problem());
        }
    }

    private String shell(String script) throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-ec", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
