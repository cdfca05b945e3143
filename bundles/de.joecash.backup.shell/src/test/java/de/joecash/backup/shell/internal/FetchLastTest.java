package de.joecash.backup.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.Samples;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code last} means at a place that more than one till has sent to. */
class FetchLastTest {
    private static final ZonedDateTime SEVEN = ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.of("Europe/Berlin"));
    private static final String OTHERS = "K7QX-2M9F-AB3D-WTRZ-58HN-VCEG";

    private final Locale before = Locale.getDefault();
    private final FakeBackupService backups = new FakeBackupService();
    private final Shell shell = new Shell(backups);
    private final Backup ours = Samples.backup(42, BackupKind.MANUAL, SEVEN);
    private final Backup newer = Samples.backup(43, BackupKind.MANUAL, SEVEN.plusHours(1));
    private final Backup newest = Samples.backup(44, BackupKind.MANUAL, SEVEN.plusHours(2));

    @BeforeEach
    void speaksEnglish() {
        Locale.setDefault(Locale.UK);
        backups.places.add(new Place("medium", "/media/usb0"));
        shell.whenProgressIsShown(
                () -> backups.runs.get(backups.runs.size() - 1).end(new Outcome.Succeeded(ours, Set.of())));
    }

    @AfterEach
    void speaksAsBefore() {
        Locale.setDefault(before);
    }

    private static RemoteBackup ofAnother(Backup backup) {
        Problem unknown = new Problem.SignerUnknown(backup.id().value(), OTHERS);
        return new RemoteBackup(backup.id(), Optional.of(backup.manifest()), Optional.of(unknown));
    }

    @Test
    void takesTheNewestOfAConfirmedTillThoughAnotherSentLaterAndNamesWhatItLeftOut() throws Exception {
        backups.remote.add(ofAnother(newest));
        backups.remote.add(ofAnother(newer));
        backups.remote.add(RemoteBackup.of(ours.manifest()));

        assertThat(shell.run("backup:fetch medium --without-files last"))
                .contains("fetched", newest.id().value(), newer.id().value(), OTHERS, "left out")
                .doesNotContain("Please compare");
        assertThat(backups.databasesAlone).containsExactly(ours.id());
    }

    /** A new machine counts its backups from 1. */
    @Test
    void namesWhatWasMadeLaterThoughItHasASmallerNumber() throws Exception {
        Backup later = Samples.backup(1, BackupKind.MANUAL, SEVEN.plusHours(3));
        backups.remote.add(RemoteBackup.of(ours.manifest()));
        backups.remote.add(ofAnother(later));

        assertThat(shell.run("backup:fetch medium --without-files last"))
                .contains("left out", later.id().value(), OTHERS);
        assertThat(backups.databasesAlone).containsExactly(ours.id());
    }

    @Test
    void takesTheNewestOfAnotherTillWhereNoneIsOfAConfirmedOne() throws Exception {
        Problem wrong = new Problem.SignatureWrong(newest.id().value() + ".json");
        backups.remote.add(new RemoteBackup(newest.id(), Optional.empty(), Optional.of(wrong)));
        backups.remote.add(ofAnother(newer));
        backups.remote.add(ofAnother(ours));

        assertThat(shell.run("backup:fetch medium --without-files last"))
                .contains(wrong.message(Locale.ENGLISH))
                .doesNotContain("left out");
        assertThat(backups.databasesAlone).containsExactly(newer.id());
    }

    @Test
    void saysThatNothingIsThereWhereNothingIs() {
        assertThatThrownBy(() -> shell.run("backup:fetch medium --without-files last"))
                .hasMessageContaining("no backup there")
                .hasMessageContaining("directory");
    }
}
