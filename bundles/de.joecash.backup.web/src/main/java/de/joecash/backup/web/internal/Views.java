package de.joecash.backup.web.internal;

import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.Fate;
import de.joecash.backup.Keys;
import de.joecash.backup.Notifications;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.Run;
import de.joecash.backup.Safety;
import de.joecash.backup.Transfer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The shape of the JSON. A component that may be {@code null} is then left out. */
final class Views {
    private Views() {}

    /**
     * Everything that changes from second to second; {@code obstacle} while no backup can be made, {@code catalogue}
     * changes when the list does, {@code backups} is its length; {@code sealing} where it can be told; {@code unsaved}
     * is what was sold since the newest good backup, where the host tells it; {@code media} are told to administrators.
     */
    record StateView(
            Moment now,
            String page,
            Safety.Level level,
            Safety reason,
            ProblemView obstacle,
            NewestView newestGood,
            boolean backupOverdue,
            NewestView newestOffServer,
            boolean offServerOverdue,
            DrillsView drills,
            LossView loss,
            Moment nextAutomatic,
            List<String> automaticAt,
            List<RunView> runs,
            List<TransferView> transfers,
            String catalogue,
            int backups,
            SealingView sealing,
            SalesView unsaved,
            List<MediumView> media) {}

    /**
     * A medium that is plugged in; {@code chosen} if what a person sends goes there, {@code replaces} the directory at
     * the data centre whose place it would take.
     */
    record MediumView(String path, String format, long bytes, boolean chosen, String replaces) {}

    /** From what on people are told, and by what way; neither where the host has none. */
    record NotificationsView(Notifications.From from, String way) {}

    /**
     * What was sold; without turnover for those whom it does not concern, and empty where nobody knows. {@code all}
     * where it is everything there is, for nobody knows how much of it counts.
     */
    record SalesView(Long receipts, BigDecimal turnover, String currency, Boolean all) {
        static final SalesView UNKNOWN = new SalesView(null, null, null, null);

        SalesView ofAll() {
            return new SalesView(receipts, turnover, currency, true);
        }
    }

    /** Whether what leaves the server is sealed, and how many can open it. */
    record SealingView(boolean encrypted, int recipients) {}

    /** The newest backup of a sort: of when its data is, and since when it is proven or there. */
    record NewestView(String backup, Moment started, Moment since, PlaceView place) {}

    /**
     * The last backup before the database may have been lost: how many rows it holds, and how many were left in a later
     * one.
     */
    record LossView(String backup, Moment started, long rows, long left) {}

    /**
     * What drills have shown; {@code newest} where one was made, {@code next} where one is planned, {@code hindrance}
     * why the last one that was due could not be made.
     */
    record DrillsView(DrillView newest, boolean overdue, Moment next, ProblemView hindrance) {}

    /** How a backup's last drill ended; {@code problem} where it failed. */
    record DrillView(String backup, Moment started, Moment at, ProblemView problem) {}

    /**
     * A run; {@code problem} or {@code proven} only at its end, {@code undecided} where a drill could not be made: that
     * says nothing about the backup.
     */
    record RunView(
            String id,
            Run.Kind kind,
            String backup,
            ProgressView progress,
            Moment ended,
            ProblemView problem,
            Boolean undecided,
            List<Outcome.Proof> proven,
            BackupView result) {}

    /** How far something is; {@code share} from 0 to 1, where it is known. */
    record ProgressView(Phase phase, long bytes, Double share) {}

    /** A problem in the reader's language; {@code fingerprint} of the till, where it signed and is not known here. */
    record ProblemView(
            String code, String cause, String consequence, String nextStep, boolean passing, String fingerprint) {}

    /** An entry of the queue. */
    record TransferView(
            String id,
            String backup,
            PlaceView place,
            Transfer.State state,
            int attempts,
            Moment next,
            ProgressView progress,
            ProblemView problem) {}

    /**
     * A backup in the catalogue; {@code problem} if it is damaged, {@code goesNext} if the next one removes it,
     * {@code kept} if none does, {@code replaced} if it is of a database that the till has no more, or of another till.
     */
    record BackupView(
            String id,
            String till,
            Moment started,
            BackupKind kind,
            long bytes,
            long rows,
            Moment proven,
            ProblemView problem,
            List<CopyView> copies,
            DrillView drill,
            Boolean goesNext,
            Boolean kept,
            String note,
            Boolean replaced) {
        BackupView goingNext() {
            return new BackupView(
                    id, till, started, kind, bytes, rows, proven, problem, copies, drill, true, kept, note, replaced);
        }
    }

    /** Rules of retention, and what the next backup makes by them of each that is there, newest first. */
    record RetentionView(int keep, int keepSafety, List<FateView> backups) {}

    /** What becomes of a backup. */
    record FateView(String id, Moment started, BackupKind kind, long bytes, Fate fate) {}

    /** What was backed up on a day, counted from 1970. */
    record DayView(long day, int good, boolean offServer) {}

    /** A copy of a backup. */
    record CopyView(PlaceView place, String name, Moment at, boolean offServer, Copy.Proof proof) {}

    /** How far a trial of a place came; {@code problem} where it did not come to its end. */
    record TrialView(List<PlaceTrial.Step> passed, ProblemView problem) {}

    /** A place outside the backup folder. */
    record PlaceView(String destination, String directory) {}

    /** A backup at a place; {@code here} if the catalogue holds it too, {@code problem} if it cannot be fetched so. */
    record RemoteView(
            String id,
            String till,
            Moment started,
            BackupKind kind,
            long bytes,
            long rows,
            boolean here,
            ProblemView problem) {}

    /** The words of one language, how it writes numbers and dates, and what the reader may do. */
    record TextsView(String locale, Role role, Map<String, String> texts) {}

    /** Who signs here, who can open what is sent from now on, and whose backups are trusted. */
    record KeysView(String till, boolean encrypted, List<RecipientView> recipients, List<String> trusted) {}

    /** Somebody who can open what is sent. */
    record RecipientView(String publicKey, Keys.Origin origin) {}

    /** Whether a key opens what is sent from now on. */
    record KeyCheckView(boolean opens) {}

    /**
     * A recovery sheet, shown once: the key in lines, the code as an SVG path in a view box of {@code size}, the words
     * in both languages.
     */
    record SheetView(
            List<String> key,
            String recipient,
            String till,
            List<String> places,
            String code,
            int size,
            Map<String, Map<String, String>> words) {
        @Override
        public String toString() {
            return "SheetView[" + recipient + "]";
        }
    }
}
