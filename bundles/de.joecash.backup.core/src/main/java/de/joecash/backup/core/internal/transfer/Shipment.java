package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Manifest;
import de.joecash.backup.Place;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.core.internal.run.ActiveRun;
import java.util.Optional;

/**
 * One attempt of a transfer.
 *
 * @param transfer the id of its entry in the queue
 * @param place where to
 * @param indexed what is sent
 * @param earlier another backup with a copy there: what is there of it may be rested on by deltas
 * @param run takes progress and gives the cancellation
 */
record Shipment(
        String transfer, Place place, IndexedManifest indexed, Optional<IndexedManifest> earlier, ActiveRun run) {
    /** What is sent. */
    Manifest manifest() {
        return indexed.manifest();
    }

    /** Whose it is. */
    String till() {
        return manifest().source().till();
    }
}
