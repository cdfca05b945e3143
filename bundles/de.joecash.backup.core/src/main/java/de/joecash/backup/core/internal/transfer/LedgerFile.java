package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.archive.MemberIndex;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that was stored at a place, as the ledger knows it.
 *
 * @param part as it lies there
 * @param till whose members it holds
 * @param at when it was stored
 * @param index its members; empty where its archive has none, as those of old manifests
 */
record LedgerFile(StoredPart part, String till, Instant at, Optional<MemberIndex> index) {}
