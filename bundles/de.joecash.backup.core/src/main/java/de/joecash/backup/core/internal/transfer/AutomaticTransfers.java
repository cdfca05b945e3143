package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Place;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import java.util.Optional;

/** Which automatic backup is to be sent by itself. */
final class AutomaticTransfers {
    private final Catalogue catalogue;
    private final TransferSettings settings;

    AutomaticTransfers(Catalogue catalogue, TransferSettings settings) {
        this.catalogue = catalogue;
        this.settings = settings;
    }

    /** The newest good one, where it is not there, and would not be taken away again as soon as it is. */
    Optional<Backup> missing(Place place) {
        return catalogue
                .newestGood(BackupKind.AUTOMATIC)
                .filter(newest -> !isAt(newest, place))
                .filter(newest -> newerAt(newest, place) < settings.keptAt(place.destination()));
    }

    private long newerAt(Backup backup, Place place) {
        return catalogue.list().stream()
                .filter(other -> other.id().compareTo(backup.id()) > 0)
                .filter(other -> other.manifest()
                        .source()
                        .till()
                        .equals(backup.manifest().source().till()))
                .filter(other ->
                        other.copies().stream().anyMatch(copy -> copy.place().equals(place)))
                .count();
    }

    private static boolean isAt(Backup backup, Place place) {
        return backup.copies().stream()
                .anyMatch(copy -> copy.place().destination().equals(place.destination()));
    }
}
