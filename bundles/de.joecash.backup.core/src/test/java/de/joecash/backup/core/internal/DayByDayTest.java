package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.seal.Opener;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.InMemoryDestination;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What is sent day by day, and what lies at the place then. */
class DayByDayTest extends PlaceScenario {
    @Test
    void theFirstDayIsFullAndTheSecondSendsLittleMoreThanWhatIsNew() throws Exception {
        Backup first = sent();
        assertThat(there().keySet())
                .containsExactly(first.id() + ".json", first.id() + ".parts.json", first.id() + ".sql.gz.age");
        assertThat(opened(there(first, ".sql.gz.age"))).isEqualTo(Files.readAllBytes(shop.archive(first)));
        long before = bytesThere();

        shop.clock().advance(Duration.ofDays(1));
        nextDay();
        Backup second = sent();

        assertThat(there()).hasSize(6).containsKeys(second.id() + ".sql.pack.gz.age", second.id() + ".parts.json");
        // The new lines; of a member that one changed in, what it differs in.
        assertThat(bytesThere() - before).isLessThan(before / 20);
        byte[] pack = opened(there(second, ".sql.pack.gz.age"));
        try (InputStream gunzip = new GZIPInputStream(new ByteArrayInputStream(pack))) {
            // Of two members the deltas: a head, digests, a few bytes, and the new lines.
            assertThat(gunzip.readAllBytes()).hasSizeBetween(A_DAY / 10, 2 * A_DAY);
        }
        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
    }

    @Test
    void recordsTheCopyAsItLiesThere() {
        sent();
        shop.clock().advance(Duration.ofDays(1));
        nextDay();

        Copy copy = sent().copies().get(0);

        assertThat(copy.place()).isEqualTo(PLACE);
        assertThat(copy.name()).endsWith("000002.sql.pack.gz.age");
        assertThat(copy.bytes()).isEqualTo(there().get(copy.name()).length);
    }

    @Test
    void sendsTheManifestByteByByte() throws Exception {
        Backup backup = sent();

        assertThat(there(backup, ".json"))
                .isEqualTo(Files.readAllBytes(
                        directory.resolve("backups").resolve(backup.manifest().manifestName())));
    }

    @Test
    void sendsAPackOfNothingWhereNothingIsNew() {
        sent();
        long before = bytesThere();
        shop.clock().advance(Duration.ofHours(1));

        Backup again = sent();

        assertThat(there(again, ".sql.pack.gz.age")).hasSizeLessThan(1000);
        assertThat(bytesThere() - before).isLessThan(10_000);
        assertThat(restoredElsewhere(again)).isEqualTo(source.text());
    }

    @Test
    void putsEverythingOnAMediumWholeAndInTheClear() throws Exception {
        InMemoryDestination medium = new InMemoryDestination("medium");
        shop.core().ports().destinations().add(2, medium);
        shop.core().ports().routes().add(2, new Route("medium", "/media/usb0"));
        sent();
        nextDay();

        Backup second = sent();

        Map<String, byte[]> there = medium.files("/media/usb0");
        assertThat(there).hasSize(4).containsKey(second.id() + ".json");
        assertThat(there.get(second.id() + ".sql.gz")).isEqualTo(Files.readAllBytes(shop.archive(second)));
        try (Shop machine = newMachine()) {
            machine.core().ports().destinations().add(2, medium);
            machine.succeeds(machine.core().fetch(new Place("medium", "/media/usb0"), second.id(), Optional.empty()));
        }
    }

    @Test
    void isFullAgainAfterAMonth() {
        sent();
        for (int day : new int[] {29, 1}) {
            shop.clock().advance(Duration.ofDays(day));
            nextDay();
            sent();
        }

        assertThat(there().keySet().stream().filter(name -> name.contains(".sql")))
                .extracting(name -> name.substring(name.indexOf('.')))
                .containsExactly(".sql.gz.age", ".sql.pack.gz.age", ".sql.gz.age");
    }

    @Test
    void restsOnNothingThatANewRecipientCannotOpen() {
        sent();
        reopen(60, recipient(KEY), recipient(OTHER_KEY));
        shop.clock().advance(Duration.ofHours(1));
        nextDay();

        Backup second = sent();

        assertThat(there()).containsKey(second.id() + ".sql.gz.age");
        assertThat(restoredElsewhere(second, OTHER_KEY)).isEqualTo(source.text());
        nextDay();
        Backup third = sent();
        assertThat(there()).containsKey(third.id() + ".sql.pack.gz.age");
        assertThat(restoredElsewhere(third, OTHER_KEY)).isEqualTo(source.text());
    }

    @Test
    void doesNotSendByItselfWhatItWouldTakeAwayThereAgain() {
        reopen(2, recipient(KEY));
        shop.core().ports().routes().add(2, new Automatic());
        Backup automatic = shop.automaticBackup();
        Await.until(
                "it is sent",
                () -> !shop.core().find(automatic.id()).orElseThrow().copies().isEmpty());
        for (int day = 1; day <= 3; day++) {
            shop.clock().advance(Duration.ofDays(1));
            nextDay();
            sent();
        }

        assertThat(shop.core().find(automatic.id()).orElseThrow().copies()).isEmpty();
        assertThat(shop.core().transfers()).isEmpty();
        assertThat(there().keySet().stream().filter(name -> name.matches("[^.]+\\.json")))
                .hasSize(2)
                .doesNotContain(automatic.id() + ".json");
    }

    @Test
    void leavesWhatPacksRestOnWhereItIsSentInFullAgain() {
        Backup first = sent();
        nextDay();
        Backup second = sent();
        // As retention does with what packs rest on.
        there().remove(first.id() + ".json");
        byte[] base = there(first, ".sql.gz.age").clone();

        shop.succeeds(shop.core().sendFull(Optional.of(first.id())));

        assertThat(there(first, ".sql.gz.age")).isEqualTo(base);
        assertThat(there()).containsKey(first.id() + ".2.sql.gz.age");
        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
        assertThat(restoredElsewhere(first)).isNotEmpty();
        nextDay();
        Backup third = sent();
        assertThat(restoredElsewhere(second)).isNotEmpty();
        assertThat(restoredElsewhere(third)).isEqualTo(source.text());
    }

    @Test
    void leavesTheCopyThatIsThereWhereAFullOneDoesNotArrive() {
        sent();
        nextDay();
        Backup second = sent();
        centre.failNextPut(new Problem.ServerUnreachable("data-centre", "test"));

        shop.fails(shop.core().sendFull(Optional.of(second.id())));

        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
        assertThat(shop.core().cancel(shop.core().transfers().get(0).id())).isTrue();
        nextDay();
        sent();
        assertThat(restoredElsewhere(second)).isNotEmpty();
    }

    @Test
    void isFullWhereItIsAskedForThoughTheBackupIsThereAsAPackAlready() {
        Backup first = sent();
        nextDay();
        Backup second = sent();
        assertThat(there()).containsKey(second.id() + ".sql.pack.gz.age");

        shop.succeeds(shop.core().sendFull(Optional.of(second.id())));

        assertThat(there().keySet())
                .containsExactlyInAnyOrder(
                        first.id() + ".json",
                        first.id() + ".parts.json",
                        first.id() + ".sql.gz.age",
                        second.id() + ".json",
                        second.id() + ".parts.json",
                        second.id() + ".sql.gz.age");
        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
    }

    @Test
    void isFullWhereTheLedgerIsLostOrBroken() throws Exception {
        sent();
        try (Stream<Path> ledgers = Files.list(directory.resolve("backups/queue/places"))) {
            for (Path ledger : ledgers.toList()) {
                Files.writeString(ledger, "broken");
            }
        }
        nextDay();

        Backup second = sent();

        assertThat(there()).containsKey(second.id() + ".sql.gz.age");
        nextDay();
        assertThat(there()).doesNotContainKey(sent().id() + ".sql.gz.age");
    }

    /** What breaks stays broken as long as it is kept: all of them every fifth day finds it, the newest each day. */
    @Test
    void fortyDaysInARowEveryKeptBackupIsRestorableFromThePlaceAlone() throws Exception {
        reopen(10, recipient(KEY));
        there().put("somebody-else.txt", new byte[] {1});
        List<Backup> backups = new ArrayList<>();
        List<String> contents = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            backups.add(sent());
            contents.add(source.text());

            List<String> kept = listed();
            assertThat(kept)
                    .hasSize(Math.min(day + 1, 10))
                    .first()
                    .isEqualTo(backups.get(day).id().value());
            for (int i = day % 5 == 4 ? 0 : day; i <= day; i++) {
                if (kept.contains(backups.get(i).id().value())) {
                    assertFetched(backups.get(i), contents.get(i));
                }
            }
            shop.clock().advance(Duration.ofDays(1));
            nextDay();
        }
        assertThat(there()).containsKey("somebody-else.txt");
        assertThat(there().keySet().stream().filter(name -> name.matches(".*\\.sql\\.gz.*")))
                .hasSizeBetween(1, 2);
        assertThat(shop.core().find(backups.get(12).id()).orElseThrow().copies())
                .isEmpty();
        assertThat(shop.core().find(backups.get(39).id()).orElseThrow().copies())
                .hasSize(1);
    }

    private void assertFetched(Backup backup, String content) throws Exception {
        try (Shop machine = newMachine()) {
            machine.succeeds(machine.core().fetch(PLACE, backup.id(), Optional.of(KEY)));
            try (InputStream gunzip = new GZIPInputStream(Files.newInputStream(machine.archive(backup)))) {
                assertThat(new String(gunzip.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void whatTheServerDoesNotLetGoIsTriedAgainAfterTheNextDelivery() throws Exception {
        reopen(1, recipient(KEY));
        Backup first = sent();
        nextDay();
        centre.refuseDeletes(new Problem.ServerRefused("data-centre", "550 no"));
        Backup second = sent();
        assertThat(listed()).contains(first.id().value(), second.id().value());

        centre.allowDeletes();
        nextDay();
        Backup third = sent();

        assertThat(listed()).containsExactly(third.id().value());
        assertThat(restoredElsewhere(third)).isEqualTo(source.text());
    }

    @Test
    void goesOnWithTheSameBytesAfterItWasCutAtAnyPut() throws Exception {
        Backup first = sent();
        String old = source.text();
        nextDay();
        Backup second = shop.backup();
        for (int cut = 0; cut < 3; cut++) {
            // What an earlier attempt has put is not put again: pack, note and manifest are cut, one after the other.
            centre.failPutAfter(Math.min(cut, 1), new Problem.ServerUnreachable("data-centre", "test"));
            shop.fails(shop.core().send(Optional.of(second.id())));
            assertThat(listed()).containsExactly(first.id().value());
            assertThat(restoredElsewhere(first)).isEqualTo(old);
            byte[] made = outbox();
            reopen(60, recipient(KEY));
            assertThat(outbox()).isEqualTo(made);
            assertThat(shop.core().transfers()).hasSize(1);
        }

        shop.succeeds(shop.core().send(Optional.of(second.id())));

        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
        assertThat(shop.core().transfers()).isEmpty();
        assertThat(directory.resolve("backups/queue/outbox")).isEmptyDirectory();
    }

    /** The one packed file in the outbox. */
    private byte[] outbox() throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("backups/queue/outbox"))) {
            Path packed = files.filter(file -> file.toString().endsWith(".age"))
                    .findFirst()
                    .orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(packed)))
                    .isEqualTo("rw-------");
            return Files.readAllBytes(packed);
        }
    }

    @Test
    void replacesWhatAnAttemptThatWasTakenOutOfTheQueueHasLeft() throws Exception {
        Backup backup = shop.backup();
        centre.failPutAfter(1, new Problem.ServerUnreachable("data-centre", "test"));
        shop.fails(shop.core().send(Optional.of(backup.id())));
        byte[] left = there(backup, ".sql.gz.age").clone();
        assertThat(shop.core().cancel(shop.core().transfers().get(0).id())).isTrue();
        assertThat(directory.resolve("backups/queue/outbox")).isEmptyDirectory();

        shop.succeeds(shop.core().send(Optional.of(backup.id())));

        assertThat(there(backup, ".sql.gz.age")).isNotEqualTo(left);
        assertThat(restoredElsewhere(backup)).isEqualTo(source.text());
    }

    @Test
    void removesWhatWasBegunAndNeverFinished() throws Exception {
        sent();
        nextDay();
        Backup abandoned = shop.backup();
        centre.failPutAfter(2, new Problem.ServerUnreachable("data-centre", "test"));
        shop.fails(shop.core().send(Optional.of(abandoned.id())));
        assertThat(there()).containsKey(abandoned.id() + ".parts.json");
        shop.core().cancel(shop.core().transfers().get(0).id());
        nextDay();

        Backup next = sent();

        assertThat(there().keySet())
                .filteredOn(name -> !name.endsWith(".part"))
                .noneMatch(name -> name.startsWith(abandoned.id().value()));
        assertThat(restoredElsewhere(next)).isEqualTo(source.text());
    }

    @Test
    void makesAnewWhatWasChangedInTheOutbox() throws Exception {
        Backup backup = shop.backup();
        centre.failPutAfter(0, new Problem.ServerUnreachable("data-centre", "test"));
        shop.fails(shop.core().send(Optional.of(backup.id())));
        try (Stream<Path> files = Files.walk(directory.resolve("backups/queue/outbox"))) {
            Path made = files.filter(file -> file.toString().endsWith(".age"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(made);
            bytes[bytes.length / 2] ^= 1;
            Files.write(made, bytes);
        }
        assertThat(shop.fails(shop.core().send(Optional.of(backup.id())))).isInstanceOf(Problem.CopyDiffers.class);

        shop.succeeds(shop.core().send(Optional.of(backup.id())));

        assertThat(restoredElsewhere(backup)).isEqualTo(source.text());
    }

    @Test
    void doesNotSendAgainWhatIsThereAndProvesItByItsDigest() {
        Backup backup = sent();
        int puts = centre.puts();

        Outcome.Succeeded again = shop.succeeds(shop.core().send(Optional.of(backup.id())));

        assertThat(centre.puts()).isEqualTo(puts);
        assertThat(again.proven()).isEqualTo(Set.of(Outcome.Proof.COPY_CONTENT_EQUAL));
        assertThat(again.backup().copies()).hasSize(1);
    }

    @Test
    void sendsAgainWhatIsThereAndWasDamaged() {
        Backup backup = sent();
        there(backup, ".sql.gz.age")[5000] ^= 1;

        shop.succeeds(shop.core().send(Optional.of(backup.id())));

        assertThat(restoredElsewhere(backup)).isEqualTo(source.text());
    }

    /** Whoever finds a full archive damaged takes the green of all that rests on it. */
    @Test
    void whatRestsOnADamagedFileIsNoCopyAnyMoreAndIsSentAnew() throws Exception {
        Backup first = sent();
        shop.clock().advance(Duration.ofDays(1));
        nextDay();
        Backup second = sent();
        shop.clock().advance(Duration.ofDays(1));
        nextDay();
        Backup third = sent();
        there(first, ".sql.gz.age")[40_000] ^= 1;
        Files.delete(shop.archive(second));

        assertThat(shop.fails(shop.core().fetch(PLACE, second.id(), Optional.of(KEY))))
                .isInstanceOf(Problem.ArchiveDamaged.class);

        assertThat(List.of(first, second, third)).allSatisfy(one -> assertThat(
                        shop.core().find(one.id()).orElseThrow().copies())
                .isEmpty());
        assertThat(shop.core().status().newestOffServer()).isEmpty();
        reopen(60, recipient(KEY));
        shop.succeeds(shop.core().send(Optional.of(third.id())));
        assertThat(there()).containsKey(third.id() + ".sql.gz.age");
        assertThat(restoredElsewhere(third)).isEqualTo(source.text());
        shop.succeeds(shop.core().send(Optional.of(first.id())));
        assertThat(restoredElsewhere(first)).isNotEmpty();
    }

    @Test
    void whatRestsOnAFileThatIsGoneIsNoCopyAnyMoreOnceThePlaceIsLookedAt() {
        Backup first = sent();
        nextDay();
        Backup second = sent();
        there().remove(first.id() + ".sql.gz.age");
        nextDay();

        Backup third = sent();

        assertThat(shop.core().find(first.id()).orElseThrow().copies()).isEmpty();
        assertThat(shop.core().find(second.id()).orElseThrow().copies()).isEmpty();
        assertThat(shop.core().find(third.id()).orElseThrow().copies()).hasSize(1);
    }

    /** A pack is proven as far as the least of what it uses. */
    @Test
    void aPackIsProvenNoFurtherThanWhatItRestsOn() {
        centre.capabilities(new Destination.Capabilities(true, Long.MAX_VALUE, Copy.Proof.LENGTH_EQUAL, false, true));
        sent();
        centre.capabilities(new Destination.Capabilities(true, Long.MAX_VALUE, Copy.Proof.CONTENT_EQUAL, false, true));
        nextDay();

        Backup second = sent();

        assertThat(there()).containsKey(second.id() + ".sql.pack.gz.age");
        assertThat(second.copies()).extracting(Copy::proof).containsExactly(Copy.Proof.LENGTH_EQUAL);
        Backup full =
                shop.succeeds(shop.core().sendFull(Optional.of(second.id()))).backup();
        assertThat(full.copies()).extracting(Copy::proof).containsExactly(Copy.Proof.CONTENT_EQUAL);
    }

    @Test
    void waitsWithoutRecipientsAndSendsOnceThereAreSome() {
        shop.close();
        Path folder = directory.resolve("backups");
        CoreSettings none = Shop.sealing(folder);
        shop = new Shop(folder, none, source);
        shop.core().ports().destinations().add(1, centre);
        shop.core().ports().routes().add(1, new Route(PLACE.destination(), PLACE.directory()));

        assertThat(shop.fails(shop.core().send(Optional.of(shop.backup().id()))))
                .isEqualTo(new Problem.RecipientMissing());

        assertThat(there()).isEmpty();
        assertThat(shop.core().transfers()).extracting(Transfer::state).containsExactly(Transfer.State.WAITING);
        reopen(60, recipient(KEY));
        shop.succeeds(shop.core().send(Optional.empty()));
        assertThat(there()).hasSize(3);
    }

    /** A restart is not needed: the sheet that was made a minute ago opens what is sent now. */
    @Test
    void opensByTheKeyOfARecoverySheetThatWasJustMade() throws Exception {
        Secret key = shop.core().makeRecoverySheet().key();

        Backup backup = sent();

        try (Shop machine = newMachine()) {
            machine.succeeds(machine.core().fetch(PLACE, backup.id(), Optional.of(key)));
        }
    }

    @Test
    void sealsAnewWhereTheRecipientsHaveChanged() {
        Backup backup = shop.backup();
        centre.failPutAfter(1, new Problem.ServerUnreachable("data-centre", "test"));
        shop.fails(shop.core().send(Optional.of(backup.id())));
        reopen(60, recipient(OTHER_KEY));

        shop.succeeds(shop.core().send(Optional.of(backup.id())));

        assertThat(refusedElsewhere(backup, Optional.of(KEY)))
                .isEqualTo(new Problem.KeyRefused(backup.id().value(), List.of(recipient(OTHER_KEY))));
    }

    @Test
    void aFetchedBackupCanBeSentOnFromTheNewMachine() throws Exception {
        Backup backup = sent();
        try (Shop machine = newMachine()) {
            machine.succeeds(machine.core().fetch(PLACE, backup.id(), Optional.of(KEY)));
            machine.core().ports().routes().add(1, new Route(PLACE.destination(), "elsewhere"));

            machine.succeeds(machine.core().send(Optional.of(backup.id())));
            machine.succeeds(machine.core().drill(Optional.of(backup.id())));
        }
        assertThat(centre.files("elsewhere").keySet())
                .containsExactly(backup.id() + ".json", backup.id() + ".parts.json", backup.id() + ".sql.gz");
    }

    private static byte[] opened(byte[] sealed) throws Exception {
        try (InputStream in = Opener.of(KEY).orElseThrow().opening(new ByteArrayInputStream(sealed))) {
            return in.readAllBytes();
        }
    }

    private record Automatic() implements TransferRoute {
        @Override
        public String destination() {
            return PLACE.destination();
        }

        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return kind == BackupKind.AUTOMATIC ? Optional.of(PLACE.directory()) : Optional.empty();
        }
    }
}
