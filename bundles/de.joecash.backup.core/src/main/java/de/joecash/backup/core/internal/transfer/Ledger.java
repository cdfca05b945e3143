package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupId;
import de.joecash.backup.Copy;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this server has stored at one place. It decides what is sent and what is removed there, never what is restored:
 * lost, it costs one full transfer and the space of what nobody tidies up any more. Immutable.
 *
 * @param deliveries the backups, in the order of their delivery
 * @param files the stored files, in the order of their delivery; among them some that nothing uses and that could not
 *     be removed yet
 * @param suspect whether something there was found to be damaged, so that no pack may rest on it
 */
record Ledger(List<Delivered> deliveries, List<LedgerFile> files, boolean suspect) {
    /** Keeps copies. */
    Ledger {
        deliveries = List.copyOf(deliveries);
        files = List.copyOf(files);
    }

    /** That of a place where nothing was stored yet. */
    static Ledger empty() {
        return new Ledger(List.of(), List.of(), false);
    }

    /**
     * Gives the files that the next pack may rest on: the newest full archive of a kind and all packs stored since, as
     * far as backups that are there use them.
     *
     * @return that one first; empty where there is none
     */
    List<LedgerFile> chain(String till, BackupArchive.Kind kind) {
        Set<String> used = used(true);
        List<LedgerFile> chain = new ArrayList<>();
        for (LedgerFile file : files) {
            PartName name = file.part().parsed();
            if (name.kind() == kind
                    && file.till().equals(till)
                    && used.contains(file.part().name())) {
                if (name.form() == Form.FULL) {
                    chain.clear();
                } else if (chain.isEmpty()) {
                    continue;
                }
                chain.add(file);
            }
        }
        return chain;
    }

    /** Whether this server has stored, or begun to store, a file of this name there. */
    boolean owns(String name) {
        return files.stream().anyMatch(file -> file.part().name().equals(name))
                || deliveries.stream()
                        .anyMatch(delivery -> Note.name(delivery.backup()).equals(name));
    }

    /** The names of all files that deliveries use. */
    Set<String> used(boolean completeOnly) {
        return deliveries.stream()
                .filter(delivery -> delivery.complete() || !completeOnly)
                .flatMap(delivery -> delivery.uses().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * Records that a delivery begins. What a delivery of the same backup used before stays in use until this one is
     * complete: it may be there.
     */
    Ledger begun(BackupId backup, String till, Note note, List<LedgerFile> own) {
        List<String> uses = note.all().stream().map(StoredPart::name).toList();
        Map<String, LedgerFile> byName = new LinkedHashMap<>();
        files.forEach(file -> byName.put(file.part().name(), file));
        own.forEach(file -> {
            LedgerFile before = byName.remove(file.part().name());
            boolean same = before != null && before.part().equals(file.part());
            byName.put(file.part().name(), same ? file.proven(before.proof()) : file);
        });
        List<Delivered> others = others(backup);
        others.add(new Delivered(
                backup,
                till,
                false,
                Stream.concat(uses(backup).stream(), uses.stream()).distinct().toList()));
        return new Ledger(others, List.copyOf(byName.values()), suspect);
    }

    private List<String> uses(BackupId backup) {
        return deliveries.stream()
                .filter(one -> one.backup().equals(backup))
                .flatMap(one -> one.uses().stream())
                .toList();
    }

    /** Records that a delivery's manifest is there; what it uses stays as it is known. */
    Ledger completed(BackupId backup) {
        return completed(backup, uses(backup));
    }

    /** Records that a delivery's manifest is there, and all that it uses from now on. */
    Ledger completed(BackupId backup, List<String> uses) {
        List<Delivered> all = deliveries.stream()
                .map(one -> one.backup().equals(backup) ? new Delivered(one.backup(), one.till(), true, uses) : one)
                .toList();
        boolean full = uses.stream()
                .allMatch(name -> PartName.parse(name).orElseThrow().form() == Form.FULL);
        return new Ledger(all, files, suspect && !full);
    }

    /** Records how far files were proven, and when. */
    Ledger proven(Collection<String> names, Copy.Proof proof, Instant at) {
        return proven(names, Optional.of(new LedgerFile.Proof(proof, at)), suspect);
    }

    private Ledger proven(Collection<String> names, Optional<LedgerFile.Proof> proof, boolean nowSuspect) {
        List<LedgerFile> all = files.stream()
                .map(file -> names.contains(file.part().name()) ? file.proven(proof) : file)
                .toList();
        return new Ledger(deliveries, all, nowSuspect);
    }

    /** Says how far files were proven, as far as the least of them; empty where one of them is not. */
    Optional<Copy.Proof> proof(Collection<String> names) {
        Map<String, Optional<Copy.Proof>> known = new HashMap<>();
        files.forEach(file -> known.put(file.part().name(), file.proof().map(LedgerFile.Proof::kind)));
        Copy.Proof least = Copy.Proof.CONTENT_EQUAL;
        for (String name : names) {
            Optional<Copy.Proof> proof = known.getOrDefault(name, Optional.empty());
            if (proof.isEmpty()) {
                return proof;
            }
            least = proof.get().compareTo(least) < 0 ? proof.get() : least;
        }
        return Optional.of(least);
    }

    /** Gives the backups whose manifests are there and that use a file that fits. */
    List<BackupId> using(Predicate<String> fits) {
        return deliveries.stream()
                .filter(one -> one.complete() && one.uses().stream().anyMatch(fits))
                .map(Delivered::backup)
                .toList();
    }

    /** Forgets a delivery; its files stay. */
    Ledger without(BackupId backup) {
        return new Ledger(others(backup), files, suspect);
    }

    /** Forgets a file. */
    Ledger withoutFile(String name) {
        return new Ledger(
                deliveries,
                files.stream().filter(file -> !file.part().name().equals(name)).toList(),
                suspect);
    }

    /** Trusts nothing there any more, until a full one has arrived; and some files never again, nor what uses them. */
    Ledger distrusted(Collection<String> damaged) {
        return proven(damaged, Optional.empty(), true);
    }

    private List<Delivered> others(BackupId backup) {
        return deliveries.stream()
                .filter(one -> !one.backup().equals(backup))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
