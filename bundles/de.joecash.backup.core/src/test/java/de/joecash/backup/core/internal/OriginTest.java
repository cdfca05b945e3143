package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Safety;
import de.joecash.backup.core.internal.archive.Codec;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.RenamedJdkCodec;
import de.joecash.backup.core.internal.catalogue.ManifestSamples;
import de.joecash.backup.core.internal.seal.TillKey;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose backups are fetched and restored. */
class OriginTest {
    private static final Place CENTRE = new Place("data-centre", "shop");

    private final InMemorySource source = new InMemorySource("kasse1");
    private final InMemoryDestination centre = new InMemoryDestination("data-centre");

    @TempDir
    private Path directory;

    private Path folder;
    private Shop shop;
    private Backup backup;

    @BeforeEach
    void open() {
        source.rows(2_000);
        folder = directory.resolve("backups");
        shop = opened(folder);
        backup = shop.backup();
    }

    private Shop opened(Path where) {
        return opened(where, Codecs.jdk());
    }

    private Shop opened(Path where, Codec codec) {
        Shop opened = new Shop(where, Shop.settings(where, codec), source);
        opened.core().ports().destinations().add(1, centre);
        return opened;
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void eachBackupIsSignedByTheTillThatKeysNames() throws IOException, BackupException {
        assertThat(backup.manifest().format()).isEqualTo(4);
        assertThat(TillKey.open(folder.resolve("keys")).fingerprint().value())
                .isEqualTo(shop.core().keys().till());
        assertThat(Files.readString(manifest(folder))).contains("\"publicKey\"", "\"signature\"");
    }

    @Test
    void whatAnotherTillSignedIsFetchedOnlyAfterSomebodyConfirmedIt() throws Exception {
        place();
        String signer = shop.core().keys().till();
        try (Shop other = opened(directory.resolve("other"))) {
            Problem unknown = new Problem.SignerUnknown(backup.id().value(), signer);
            assertThat(other.core().listAt(CENTRE))
                    .containsExactly(
                            new RemoteBackup(backup.id(), Optional.of(backup.manifest()), Optional.of(unknown)));
            assertThat(other.fails(other.core().fetch(CENTRE, backup.id(), Optional.empty())))
                    .isEqualTo(unknown);
            assertThat(other.core().list()).isEmpty();
            assertThat(other.files()).isEmpty();

            other.core().trust(signer.toLowerCase(Locale.ROOT).replace('-', ' '));

            assertThat(other.core().listAt(CENTRE)).containsExactly(RemoteBackup.of(backup.manifest()));

            Backup fetched = other.succeeds(other.core().fetch(CENTRE, backup.id(), Optional.empty()))
                    .backup();
            assertThat(Files.readAllBytes(manifest(directory.resolve("other"))))
                    .as("byte by byte")
                    .isEqualTo(Files.readAllBytes(manifest(folder)));
            other.succeeds(other.core().restore(fetched.id(), Optional.empty()));
            assertThat(other.core().keys().trusted()).containsExactly(signer);
        }
        try (Shop again = opened(directory.resolve("other"))) {
            again.succeeds(again.core().drill(Optional.of(backup.id())));
        }
    }

    @Test
    void theFastestInflaterIsTrustedWithNothingButWhatThisTillHasWrittenAndTheJdkHasReadBack() throws Exception {
        place();
        AtomicInteger inflaters = new AtomicInteger();
        Path where = directory.resolve("other");
        try (Shop other = opened(where, counting(inflaters))) {
            other.core().trust(shop.core().keys().till());
            other.succeeds(other.core().fetch(CENTRE, backup.id(), Optional.empty()));
            other.succeeds(other.core().verify(backup.id()));
            Backup own = other.backup();
            assertThat(inflaters).hasValue(0);

            other.succeeds(other.core().verify(own.id()));

            assertThat(inflaters).hasPositiveValue();
        }
    }

    private static Codec counting(AtomicInteger inflaters) {
        return new RenamedJdkCodec() {
            @Override
            public Inflating inflater() {
                inflaters.incrementAndGet();
                return super.inflater();
            }
        };
    }

    @Test
    void whatAnotherTillMadeSaysNothingOfHowSafeThisOneIs() throws Exception {
        place();
        try (Shop other = opened(directory.resolve("other"))) {
            other.core().trust(shop.core().keys().till());
            other.succeeds(other.core().fetch(CENTRE, backup.id(), Optional.empty()));

            assertThat(other.core().status().newestGood()).isEmpty();
            assertThat(other.core().status().newestOffServer()).isEmpty();
            assertThat(other.core().status().safety()).isNotEqualTo(Safety.SAFE);
            assertThat(other.fails(other.core().drill(Optional.empty()))).isEqualTo(new Problem.NothingToDrill());
            Backup own = other.backup();
            assertThat(other.core().status().newestGood()).contains(own);
        }
        try (Shop again = opened(directory.resolve("other"))) {
            assertThat(again.core().list()).hasSize(2);
            assertThat(again.core().status().newestGood().orElseThrow().id()).isNotEqualTo(backup.id());
        }
    }

    @Test
    void whatNobodySignedIsNotFetchedAndTheListSaysSo() throws Exception {
        place();
        byte[] unsigned = ManifestSamples.unsigned(manifest(folder), 2);
        centre.files("shop").put(backup.manifest().manifestName(), unsigned);
        try (Shop other = opened(directory.resolve("other"))) {
            assertThat(other.core().listAt(CENTRE))
                    .singleElement()
                    .extracting(RemoteBackup::problem)
                    .isEqualTo(Optional.of(
                            new Problem.SignatureWrong(backup.manifest().manifestName())));
            assertThat(other.fails(other.core().fetch(CENTRE, backup.id(), Optional.empty())))
                    .isEqualTo(new Problem.SignatureWrong(backup.manifest().manifestName()));
            assertThat(other.files()).isEmpty();
        }
    }

    @Test
    void whatWasMadeHereBeforeThereWereSignaturesStaysGood() throws Exception {
        byte[] unsigned = ManifestSamples.unsigned(manifest(folder), 2);
        shop.close();
        Files.write(manifest(folder), unsigned);
        shop = opened(folder);

        shop.succeeds(shop.core().verify(backup.id()));
        shop.succeeds(shop.core().drill(Optional.of(backup.id())));
        shop.succeeds(shop.core().restore(backup.id(), Optional.empty()));
        assertThat(shop.backup().manifest().format()).isEqualTo(4);
    }

    @Test
    void aManifestThatSomebodyChangedIsNotInTheCatalogue() throws Exception {
        shop.close();
        String text = Files.readString(manifest(folder));
        Files.writeString(manifest(folder), text.replace("\"trigger\": \"test\"", "\"trigger\": \"tost\""));
        shop = opened(folder);

        assertThat(shop.core().list()).isEmpty();
        Problem wrong = new Problem.SignatureWrong(backup.manifest().manifestName());
        assertThat(shop.fails(shop.core().verify(backup.id()))).isEqualTo(wrong);
        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.empty())))
                .isEqualTo(wrong);
        assertThat(shop.fails(shop.core().drill(Optional.of(backup.id())))).isEqualTo(wrong);
        assertThat(Files.readString(manifest(folder))).contains("tost");
    }

    @Test
    void aManifestThatIsChangedWhileTheTillRunsIsRefusedByEveryReader() throws Exception {
        String text = Files.readString(manifest(folder));
        Files.writeString(manifest(folder), text.replace("\"trigger\": \"test\"", "\"trigger\": \"tost\""));

        Problem wrong = new Problem.SignatureWrong(backup.manifest().manifestName());
        assertThat(shop.fails(shop.core().verify(backup.id()))).isEqualTo(wrong);
        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.empty())))
                .isEqualTo(wrong);
        assertThat(source.activated()).isEmpty();
    }

    @Test
    void whatLiesHereAndAStrangerSignedIsVerifiedButNeitherRestoredNorDrilled() throws Exception {
        shop.close();
        Files.move(folder.resolve("keys"), directory.resolve("lost"));
        shop = opened(folder);
        String stranger = TillKey.open(directory.resolve("lost")).fingerprint().value();
        Problem unknown = new Problem.SignerUnknown(backup.id().value(), stranger);

        shop.succeeds(shop.core().verify(backup.id()));
        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.empty())))
                .isEqualTo(unknown);
        assertThat(shop.fails(shop.core().adopt(backup.id()))).isEqualTo(unknown);
        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.of("elsewhere"))))
                .isEqualTo(unknown);
        assertThat(shop.fails(shop.core().drill(Optional.of(backup.id())))).isEqualTo(unknown);
        assertThat(source.targets).isEmpty();
        assertThat(shop.core().find(backup.id()).orElseThrow().drill())
                .as("no word about the backup")
                .isEmpty();

        shop.core().trust(stranger);
        shop.succeeds(shop.core().restore(backup.id(), Optional.empty()));
    }

    @Test
    void aDamagedKeyKeepsTheFolderShutAndIsNeverReplaced() throws Exception {
        shop.close();
        Path key = folder.resolve("keys/till.key");
        byte[] whole = Files.readAllBytes(key);
        Files.write(key, Arrays.copyOf(whole, whole.length / 2));
        shop = opened(folder);

        Problem refused = new Problem.FolderUnusable(folder.resolve("keys").toString(), "key-damaged");
        assertThat(shop.core().status().obstacle()).contains(refused);
        assertThat(refused.message(Locale.GERMAN)).contains("der Schlüssel der Kasse");
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> shop.core().keys())
                .satisfies(e -> assertThat(e.problem()).isEqualTo(refused));
        assertThat(Files.size(key)).isEqualTo(whole.length / 2);

        Files.write(key, whole);
        assertThat(shop.core().open()).isTrue();
        assertThat(shop.core().list()).hasSize(1);
    }

    @Test
    void whatIsNoWholeFingerprintIsNotTrusted() throws BackupException {
        String own = shop.core().keys().till();
        for (String typed : new String[] {"", "*", own.substring(0, 24), own + "-AAAA"}) {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> shop.core().trust(typed))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.InvalidInput("fingerprint")));
        }
        assertThat(shop.core().keys().trusted()).isEmpty();
    }

    @Test
    void aSecretIsNoRecipientAndNoSheetOpensWhatItWasNotMadeFor() throws BackupException {
        assertThat(shop.core().opens(new Secret("AGE-SECRET-KEY-1"))).isFalse();
        Secret sheet = shop.core().makeRecoverySheet().key();
        try (Shop other = opened(directory.resolve("other"))) {
            assertThat(shop.core().opens(sheet)).isTrue();
            assertThat(other.core().opens(sheet)).isFalse();
        }
    }

    private void place() throws IOException {
        centre.files("shop").put(backup.manifest().archiveName(), Files.readAllBytes(shop.archive(backup)));
        centre.files("shop").put(backup.manifest().manifestName(), Files.readAllBytes(manifest(folder)));
        assertThat(new String(Files.readAllBytes(manifest(folder)), StandardCharsets.UTF_8))
                .endsWith("\"\n}\n");
    }

    private Path manifest(Path where) {
        return where.resolve(backup.manifest().manifestName());
    }
}
