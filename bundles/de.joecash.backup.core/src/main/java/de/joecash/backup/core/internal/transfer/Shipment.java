package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Manifest;
import de.joecash.backup.Place;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.core.internal.run.ActiveRun;
import java.util.List;

/**
 * One attempt of a transfer.
 *
 * @param transfer the id of its entry in the queue
 * @param place where to
 * @param indexed what is sent
 * @param earlier other backups with copies there, against which deltas may be made
 * @param run takes progress and gives the cancellation
 */
record Shipment(String transfer, Place place, IndexedManifest indexed, List<Manifest> earlier, ActiveRun run) {
    /** Keeps a copy. */
    Shipment {
        earlier = List.copyOf(earlier);
    }

    /** What is sent. */
    Manifest manifest() {
        return indexed.manifest();
    }

    /** Whose it is. */
    String till() {
        return manifest().source().till();
    }
}
