package de.joecash.backup.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.BackupId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemoteRetentionTest {
    @Test
    void keepsTheNewestOfEachTillAndTheOneThatWasJustSent() {
        Ledger ledger = Ledger.empty();
        for (int i = 1; i <= 6; i++) {
            ledger = delivered(ledger, id("kasse1", i), List.of(full(id("kasse1", i))));
        }
        ledger = delivered(ledger, id("kasse2", 1), List.of(full(id("kasse2", 1))));

        assertThat(new RemoteRetention(3).backups(ledger, id("kasse1", 1)))
                .containsExactly(id("kasse1", 2), id("kasse1", 3));
    }

    @Test
    void keepsAFileAsLongAsAKeptBackupNeedsIt() {
        BackupId first = id("kasse1", 1);
        BackupId second = id("kasse1", 2);
        BackupId third = id("kasse1", 3);
        Ledger ledger = delivered(Ledger.empty(), first, List.of(full(first)));
        ledger = delivered(ledger, second, List.of(pack(second), full(first)));
        ledger = delivered(ledger, third, List.of(full(third)));

        assertThat(RemoteRetention.files(ledger.without(first))).isEmpty();
        assertThat(RemoteRetention.files(ledger.without(first).without(second)))
                .containsExactly(full(first), pack(second));
    }

    @Test
    void keepsWhatABackupOnItsWayWillNeed() {
        BackupId first = id("kasse1", 1);
        BackupId second = id("kasse1", 2);
        Ledger ledger = delivered(Ledger.empty(), first, List.of(full(first)));
        ledger = begun(ledger, second, List.of(pack(second), full(first))).without(first);

        assertThat(RemoteRetention.files(ledger)).isEmpty();
    }

    @Test
    void refusesToKeepNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RemoteRetention(0));
    }

    /** Months of deliveries as chance has them, tidied up after each. */
    @Test
    void neverRemovesWhatAKeptBackupNeedsNorTheLastNorAnybodyElses() {
        for (int seed = 0; seed < 300; seed++) {
            months(new Random(seed));
        }
    }

    private static void months(Random random) {
        RemoteRetention retention = new RemoteRetention(1 + random.nextInt(8));
        Set<String> files = new HashSet<>(Set.of("somebody-else.txt", full(id("kasse9", 1))));
        Set<BackupId> manifests = new HashSet<>(Set.of(id("kasse9", 1)));
        Ledger ledger = Ledger.empty();
        List<String> chain = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            BackupId id = id("kasse" + (1 + random.nextInt(2)), i);
            List<String> uses = new ArrayList<>();
            if (chain.isEmpty() || random.nextInt(10) == 0) {
                chain.clear();
                uses.add(full(id));
            } else {
                uses.add(pack(id));
                chain.stream().filter(any -> random.nextInt(3) > 0).forEach(uses::add);
            }
            chain.add(uses.get(0));
            files.add(uses.get(0));
            if (random.nextInt(8) == 0) {
                // Cut off for good before its manifest was there.
                ledger = begun(ledger, id, uses).without(id);
                chain.remove(uses.get(0));
            } else {
                manifests.add(id);
                ledger = delivered(ledger, id, uses);
            }
            for (BackupId gone : retention.backups(ledger, id)) {
                manifests.remove(gone);
                ledger = ledger.without(gone);
            }
            for (String gone : RemoteRetention.files(ledger)) {
                files.remove(gone);
                chain.remove(gone);
                ledger = ledger.withoutFile(gone);
            }

            assertThat(ledger.deliveries().isEmpty()).as("nothing is left").isEqualTo(manifests.size() == 1);
            for (Delivered kept : ledger.deliveries()) {
                assertThat(manifests).contains(kept.backup());
                assertThat(files).as("needed by %s", kept.backup()).containsAll(kept.uses());
            }
            assertThat(files).contains("somebody-else.txt", full(id("kasse9", 1)));
            assertThat(manifests).contains(id("kasse9", 1));
        }
    }

    private static Ledger delivered(Ledger ledger, BackupId id, List<String> uses) {
        return begun(ledger, id, uses).completed(id);
    }

    private static Ledger begun(Ledger ledger, BackupId id, List<String> uses) {
        String till = id.value().substring(0, id.value().indexOf('-'));
        List<StoredPart> parts = uses.stream()
                .map(name -> new StoredPart(name, 10, "0".repeat(64)))
                .toList();
        Note note = new Note(id, List.of(), List.of(new NotedArchive(parts.get(0), parts.subList(1, parts.size()))));
        return ledger.begun(
                id,
                till,
                note,
                List.of(new LedgerFile(
                        parts.get(0), till, Instant.EPOCH, Optional.empty(), List.of(), Optional.empty())));
    }

    private static BackupId id(String till, int number) {
        return new BackupId("%s-2026-11-22T070000-%06d".formatted(till, number));
    }

    private static String full(BackupId id) {
        return id + ".sql.gz";
    }

    private static String pack(BackupId id) {
        return id + ".sql.pack.gz";
    }
}
