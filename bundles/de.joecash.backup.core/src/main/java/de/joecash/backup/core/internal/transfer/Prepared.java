package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backup as it is sent to one place: made once, so that every attempt sends the same bytes.
 *
 * @param backup which
 * @param recipients who can open it; none where it goes in the clear
 * @param parts one for each archive, that of the database first
 */
record Prepared(BackupId backup, List<String> recipients, List<PreparedPart> parts) {
    /** Keeps copies. */
    Prepared {
        recipients = List.copyOf(recipients);
        parts = List.copyOf(parts);
    }

    /** What is put beside it. */
    Note note() {
        return new Note(
                backup, recipients, parts.stream().map(PreparedPart::archive).toList());
    }

    /** Whether all that it rests on is there now. */
    boolean restsOn(Map<String, Long> there) {
        return parts.stream()
                .flatMap(part -> part.archive().needs().stream())
                .allMatch(need -> Plan.isThere(need, there));
    }

    /** The names of what it rests on. */
    List<String> needs() {
        return parts.stream()
                .flatMap(part -> part.archive().needs().stream())
                .map(StoredPart::name)
                .toList();
    }

    /** Whether nothing of it rests on anything. */
    boolean full() {
        return parts.stream().allMatch(part -> part.archive().form() == Form.FULL);
    }

    /** Whether nothing had to be made for it. */
    boolean asItLies() {
        return parts.stream().noneMatch(PreparedPart::made);
    }

    /** What the ledger keeps of its files. */
    List<LedgerFile> files(String till, Instant at) {
        return parts.stream()
                .map(part ->
                        new LedgerFile(part.archive().file(), till, at, part.index(), recipients, Optional.empty()))
                .toList();
    }
}
