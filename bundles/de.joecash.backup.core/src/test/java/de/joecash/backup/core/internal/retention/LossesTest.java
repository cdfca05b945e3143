package de.joecash.backup.core.internal.retention;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.Manifest;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.testkit.Samples;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossesTest {
    private static final Place STICK = new Place("medium", "/media/usb0");
    private static final Place CENTRE = new Place("data-centre", "");

    private final List<Backup> newestFirst = new ArrayList<>();

    /** The rows of receipts, lines, payments, articles and a journal. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            # before,                  after,                   lost
            5000 9000 5000 60 100,     0 0 0 0 0,               true
            5000 9000 5000 60 100,     3 6 3 60 0,              true
            5000 9000 5000 60 100,     5001 9002 5001 60 120,   false
            5000 9000 5000 60 90000,   5000 9000 5000 60 0,     false
            5000 9000 5000 60000 0,    3 6 3 60000 0,           true
            5000 9000 5000 60 100,     2600 4600 2600 60 100,   false
            5000 9000 5000 60 100,     2400 4400 2400 60 100,   true
            20 30 20 20 9,             0 0 0 0 0,               false
            20 30 20 21 9,             0 0 0 0 0,               true
            5000 9000 5000 60 100,     5000 9000 5000,          false
            0 0 0 0 0,                 0 0 0 0 0,               false
            """)
    void oneTableThatIsEmptiedIsNoLossNorIsWhatATillThatIsBeingSetUpHas(String before, String after, boolean lost) {
        assertThat(Losses.lost(holding(before), holding(after))).isEqualTo(lost);
    }

    @Test
    void tablesOfAnotherProductAreNotComparedByName() {
        Manifest before = holding("5000 9000 5000 60 100");
        Manifest after = Samples.manifest(2, BackupKind.MANUAL, before.started());

        assertThat(Losses.lost(before, after)).as("other names").isTrue();
        assertThat(Losses.lost(of(before, "postgresql"), after)).isFalse();
    }

    @Test
    void theLastOnesAreTheNewestTheNewestGoodOneAndTheNewestAtEachPlace() {
        add(1, 900);
        Backup onStick = copied(add(2, 1000), STICK);
        Backup atCentre = copied(add(3, 1000), CENTRE);
        Backup good = add(4, 1000);
        Backup newest = damaged(add(5, 1000));

        assertThat(Losses.lastOf(newestFirst, holding("3"))).containsExactlyInAnyOrder(newest, good, onStick, atCentre);
    }

    @Test
    void whatHoldsNoMoreThanWhatIsLeftIsNotKeptForIt() {
        Backup full = add(1, 1000);
        add(2, 3);

        assertThat(Losses.lastOf(newestFirst, holding("2"))).containsExactly(full);
        assertThat(Losses.lastOf(newestFirst, holding("999"))).isEmpty();
    }

    private static Manifest holding(String rows) {
        long[] each = Arrays.stream(rows.split(" ")).mapToLong(Long::parseLong).toArray();
        return Samples.holding(backup(9), each).manifest();
    }

    private static Manifest of(Manifest any, String kind) {
        SourceInfo other =
                new SourceInfo(any.source().till(), kind, any.source().version());
        return new Manifest(
                any.format(),
                any.id(),
                any.kind(),
                any.trigger(),
                any.slot(),
                any.started(),
                any.finished(),
                other,
                any.contentBytes(),
                any.contentSha256(),
                any.archiveBytes(),
                any.archiveSha256(),
                any.tables(),
                any.productVersion());
    }

    private Backup add(long sequence, long rows) {
        Backup backup = Samples.holding(backup(sequence), rows);
        newestFirst.add(0, backup);
        return backup;
    }

    private Backup copied(Backup backup, Place place) {
        return put(Samples.copied(backup, new Copy(place, "x", Instant.EPOCH, 1, true, Copy.Proof.LENGTH_EQUAL)));
    }

    private Backup damaged(Backup backup) {
        Problem damage = new Problem.ArchiveDamaged(backup.id().value(), "test");
        return put(new Backup(backup.manifest(), backup.provenAt(), Optional.of(damage), backup.copies()));
    }

    private Backup put(Backup changed) {
        newestFirst.replaceAll(old -> old.id().equals(changed.id()) ? changed : old);
        return changed;
    }

    private static Backup backup(long sequence) {
        return Samples.backup(
                sequence,
                BackupKind.AUTOMATIC,
                ZonedDateTime.parse("2026-11-22T07:00:00+01:00").plusDays(sequence));
    }
}
