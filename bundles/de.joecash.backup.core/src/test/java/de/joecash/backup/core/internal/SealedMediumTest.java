package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.Copy;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A medium that only the owner's key opens. */
class SealedMediumTest {
    private static final Place STICK = new Place("medium", "/media/usb0");
    private static final String OWNER = PlaceScenario.recipient(PlaceScenario.KEY);
    private static final String VENDOR = PlaceScenario.recipient(PlaceScenario.OTHER_KEY);

    private final InMemorySource source = new InMemorySource("kasse1");
    private final InMemoryDestination medium = new InMemoryDestination("medium");
    private final Map<String, byte[]> there = medium.files(STICK.directory());

    @TempDir
    private Path directory;

    @BeforeEach
    void sell() {
        source.rows(2_000);
    }

    @Test
    void opensByTheKeyAloneAndComesBackByIt() throws Exception {
        Backup backup;
        try (Shop shop = sealing(OWNER)) {
            backup = sent(shop);
            assertThat(there.keySet())
                    .containsExactlyInAnyOrder(
                            backup.id() + ".sql.gz.age", backup.id() + ".parts.json", backup.id() + ".json");
            assertThat(new String(there.get(backup.id() + ".sql.gz.age"), StandardCharsets.ISO_8859_1))
                    .startsWith("age-encryption.org/v1");
            assertThat(backup.copies()).extracting(Copy::proof).containsExactly(Copy.Proof.CONTENT_EQUAL);
        }
        try (Shop machine = opened(new Shop(directory.resolve("machine"), source))) {
            machine.trust(directory.resolve("backups"));
            assertThat(machine.fails(machine.core().fetch(STICK, backup.id(), Optional.empty())))
                    .isInstanceOf(Problem.KeyMissing.class);
            Outcome.Succeeded fetched =
                    machine.succeeds(machine.core().fetch(STICK, backup.id(), Optional.of(PlaceScenario.KEY)));
            assertThat(fetched.backup().manifest()).isEqualTo(backup.manifest());
        }
    }

    @Test
    void isRefusedWhereNobodyCouldOpenIt() throws Exception {
        try (Shop shop = sealing()) {
            Backup backup = shop.backup();
            assertThat(shop.fails(shop.core().send(Optional.of(backup.id()))))
                    .isEqualTo(new Problem.RecipientMissing());
        }
        assertThat(there).isEmpty();
    }

    @Test
    void isTheSameAfterACutAndWhenItIsAskedForAgain() throws Exception {
        try (Shop shop = sealing(OWNER)) {
            medium.failPutAfter(1, new Problem.MediumFailed(STICK.directory(), "test"));
            Backup backup = shop.backup();
            shop.fails(shop.core().send(Optional.of(backup.id())));
            byte[] first = there.get(backup.id() + ".sql.gz.age");

            shop.succeeds(shop.core().send(Optional.of(backup.id())));
            assertThat(there.get(backup.id() + ".sql.gz.age")).isEqualTo(first);

            shop.succeeds(shop.core().send(Optional.of(backup.id())));
            assertThat(there.keySet())
                    .containsExactlyInAnyOrder(
                            backup.id() + ".sql.gz.age", backup.id() + ".parts.json", backup.id() + ".json");
        }
    }

    @Test
    void takesThePlaceOfWhatWasThereInTheClearAndTheOtherWayRound() throws Exception {
        Backup backup;
        try (Shop shop = opened(new Shop(directory.resolve("backups"), source))) {
            backup = sent(shop);
            assertThat(there).containsKey(backup.manifest().archiveName());
        }
        try (Shop shop = sealing(OWNER)) {
            shop.succeeds(shop.core().send(Optional.of(backup.id())));
            assertThat(there)
                    .containsKey(backup.id() + ".sql.gz.age")
                    .doesNotContainKey(backup.manifest().archiveName());
        }
        try (Shop shop = opened(new Shop(directory.resolve("backups"), source))) {
            shop.succeeds(shop.core().send(Optional.of(backup.id())));
            assertThat(there.get(backup.manifest().archiveName())).isEqualTo(Files.readAllBytes(shop.archive(backup)));
            assertThat(there).doesNotContainKey(backup.id() + ".parts.json");
        }
    }

    @Test
    void leavesNothingInTheClearThoughItWasCutOffBeforeThatWasRemoved() throws Exception {
        Backup backup;
        try (Shop shop = opened(new Shop(directory.resolve("backups"), source))) {
            backup = sent(shop);
        }
        try (Shop shop = sealing(OWNER)) {
            medium.refuseDeletes(new Problem.MediumFailed(STICK.directory(), "test"));
            shop.fails(shop.core().send(Optional.of(backup.id())));
            medium.allowDeletes();

            shop.succeeds(shop.core().send(Optional.of(backup.id())));

            assertThat(there)
                    .containsKey(backup.id() + ".sql.gz.age")
                    .doesNotContainKey(backup.manifest().archiveName());
        }
    }

    @Test
    void isMadeAnewForWhoeverIsToOpenItNow() throws Exception {
        Backup backup;
        try (Shop shop = sealing(OWNER)) {
            backup = sent(shop);
        }
        try (Shop shop = sealing(OWNER, VENDOR)) {
            shop.succeeds(shop.core().send(Optional.of(backup.id())));

            assertThat(new String(there.get(backup.id() + ".parts.json"), StandardCharsets.UTF_8))
                    .contains(OWNER, VENDOR);
            assertThat(there.keySet())
                    .containsExactlyInAnyOrder(
                            backup.id() + ".2.sql.gz.age", backup.id() + ".parts.json", backup.id() + ".json");
        }
    }

    @Test
    void givesWayWholeWhereTheNextDoesNotFit() throws Exception {
        try (Shop shop = sealing(OWNER)) {
            Backup oldest = sent(shop);
            Backup newest = sent(shop);
            medium.failNextPut(new Problem.NoSpace(STICK.directory(), 2, 1));

            Backup next = sent(shop);

            assertThat(there.keySet())
                    .noneMatch(name -> name.startsWith(oldest.id().value()))
                    .contains(newest.id() + ".sql.gz.age", next.id() + ".sql.gz.age", next.id() + ".json");
        }
    }

    private Shop sealing(String... recipients) {
        Path folder = directory.resolve("backups");
        return opened(new Shop(folder, Shop.sealingMedia(folder, recipients), source));
    }

    private Shop opened(Shop shop) {
        shop.core().ports().destinations().add(1, medium);
        shop.core().ports().routes().add(1, new PlaceScenario.Route(STICK.destination(), STICK.directory()));
        return shop;
    }

    private static Backup sent(Shop shop) {
        return shop.succeeds(shop.core().send(Optional.of(shop.backup().id()))).backup();
    }
}
