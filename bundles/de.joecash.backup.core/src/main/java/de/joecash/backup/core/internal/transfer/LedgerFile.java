package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Copy;
import de.joecash.backup.core.internal.archive.PackIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file that was stored at a place, as the ledger knows it.
 *
 * @param part as it lies there
 * @param till whose members it holds
 * @param at when it was stored
 * @param index what it holds; empty where its archive has none, as those of old manifests
 * @param recipients who can open it, where it is sealed; none where that is not known
 * @param proof that it is there; empty where it was found to be damaged since, or is not proven yet
 */
record LedgerFile(
        StoredPart part,
        String till,
        Instant at,
        Optional<PackIndex> index,
        List<String> recipients,
        Optional<Proof> proof) {
    /**
     * That a file is there as it was stored.
     *
     * @param kind how far that was shown
     * @param at when, the last time
     */
    record Proof(Copy.Proof kind, Instant at) {}

    /** Keeps a copy. */
    LedgerFile {
        recipients = List.copyOf(recipients);
    }

    /** The same with another proof. */
    LedgerFile proven(Optional<Proof> now) {
        return new LedgerFile(part, till, at, index, recipients, now);
    }

    /**
     * Whether whoever can open what is sent now can open this, too: a pack that rests on it would be of no use to
     * others.
     *
     * @param now who can open what is sent now; none where it goes in the clear
     */
    boolean opensTo(List<String> now) {
        return !part.parsed().sealed() || (!now.isEmpty() && recipients.containsAll(now));
    }
}
