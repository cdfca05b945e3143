package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupId;
import java.util.List;

/**
 * A backup at a place, as the ledger knows it.
 *
 * @param backup which
 * @param till whose
 * @param complete whether its manifest is there; else it was begun, and what it uses may be there
 * @param uses the names of all files that it needs, its own among them
 */
record Delivered(BackupId backup, String till, boolean complete, List<String> uses) {
    /** Keeps a copy. */
    Delivered {
        uses = List.copyOf(uses);
    }
}
