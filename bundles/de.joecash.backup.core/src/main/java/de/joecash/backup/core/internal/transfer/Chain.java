package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.archive.DeltaMember;
import de.joecash.backup.core.internal.archive.Digest;
import de.joecash.backup.core.internal.archive.Member;
import de.joecash.backup.core.internal.archive.PackIndex;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be had from files at a place, be it by deltas, which rest on what lies in files before their own. Used by
 * one thread at a time.
 */
final class Chain {
    /** Deltas that rest on deltas at most, the one that comes included. */
    private static final int MOST_DEEP = 8;

    private final List<LedgerFile> files;
    private final List<Map<Digest, DeltaMember>> deltas;

    /** @param files in the order in which they were stored, each with its index */
    Chain(List<LedgerFile> files) {
        this.files = files;
        this.deltas = files.stream().map(file -> index(file).byContent()).toList();
    }

    private static PackIndex index(LedgerFile file) {
        return file.index().orElseThrow();
    }

    /**
     * How something can be had.
     *
     * @param names of the files that it takes
     * @param deltas how many deltas are applied one after the other
     * @param bytes length of these together
     */
    record Way(Set<String> names, int deltas, long bytes) {
        private Way with(LedgerFile file, DeltaMember delta) {
            Set<String> all = new HashSet<>(names);
            all.add(file.part().name());
            return new Way(all, deltas + 1, bytes + delta.bytes());
        }
    }

    /** How a member can be had in the very bytes that it has in its archive. */
    Optional<Way> member(Member member) {
        for (LedgerFile file : files) {
            if (index(file).members().holds(member)) {
                return Optional.of(whole(file));
            }
        }
        for (int i = 0; i < files.size(); i++) {
            DeltaMember delta = deltas.get(i).get(member.sha256());
            if (delta != null && delta.gives(member)) {
                Optional<Way> way = by(delta, i);
                if (way.isPresent()) {
                    return way;
                }
            }
        }
        return Optional.empty();
    }

    /** How a content can be had that one more delta may rest on, in whatever bytes. */
    Optional<Way> base(Digest content) {
        return content(content, files.size()).filter(way -> way.deltas() < MOST_DEEP);
    }

    private Optional<Way> content(Digest content, int before) {
        for (LedgerFile file : files.subList(0, before)) {
            if (index(file).members().find(content).isPresent()) {
                return Optional.of(whole(file));
            }
        }
        for (int i = 0; i < before; i++) {
            DeltaMember delta = deltas.get(i).get(content);
            if (delta != null) {
                return by(delta, i);
            }
        }
        return Optional.empty();
    }

    private Optional<Way> by(DeltaMember delta, int at) {
        return content(delta.base(), at)
                .map(way -> way.with(files.get(at), delta))
                .filter(way -> way.deltas() <= MOST_DEEP);
    }

    private static Way whole(LedgerFile file) {
        return new Way(Set.of(file.part().name()), 0, 0);
    }
}
