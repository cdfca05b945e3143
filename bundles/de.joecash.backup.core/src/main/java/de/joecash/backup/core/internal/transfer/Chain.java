package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.archive.DeltaMember;
import de.joecash.backup.core.internal.archive.Digest;
import de.joecash.backup.core.internal.archive.Member;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.PackIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be had from files at a place: what lies in them whole, and deltas whose base lies whole in a file that was
 * stored before theirs. Immutable.
 */
final class Chain {
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
     * How a member can be had.
     *
     * @param names of the files that it takes
     * @param cost of the delta that it takes, 0 for none; see {@link DeltaMember#cost}
     */
    record Way(Set<String> names, long cost) {}

    /** How a member can be had in the very bytes that it has in its archive. */
    Optional<Way> member(Member member) {
        for (LedgerFile file : files) {
            if (index(file).members().holds(member)) {
                return Optional.of(new Way(Set.of(file.part().name()), 0));
            }
        }
        for (int i = files.size() - 1; i > 0; i--) {
            DeltaMember delta = deltas.get(i).get(member.sha256());
            Optional<String> base = delta != null && delta.gives(member) ? whole(delta.base(), i) : Optional.empty();
            if (base.isPresent()) {
                return Optional.of(new Way(Set.of(files.get(i).part().name(), base.get()), delta.cost()));
            }
        }
        return Optional.empty();
    }

    /**
     * What the deltas cost that whoever makes an archive again has to keep, as they come: the newest file first, and in
     * each what is whole first.
     *
     * @param archive the archive
     * @param names the files that it takes; and with them comes
     * @param own what is stored of it
     */
    long cost(MemberIndex archive, Set<String> names, PackIndex own) {
        List<PackIndex> newestFirst = new ArrayList<>();
        files.stream()
                .filter(file -> names.contains(file.part().name()))
                .forEach(file -> newestFirst.add(0, index(file)));
        newestFirst.add(0, own);
        long cost = 0;
        for (int i = 0; i < newestFirst.size(); i++) {
            List<PackIndex> read = newestFirst.subList(0, i + 1);
            cost += newestFirst.get(i).deltas().stream()
                    .filter(delta -> archive.holds(delta.member()))
                    .filter(delta ->
                            read.stream().noneMatch(file -> file.members().holds(delta.member())))
                    .mapToLong(DeltaMember::cost)
                    .sum();
        }
        return cost;
    }

    /** The name of a file with a member of this content, in whatever bytes. */
    Optional<String> whole(Digest content) {
        return whole(content, files.size());
    }

    private Optional<String> whole(Digest content, int before) {
        return files.subList(0, before).stream()
                .filter(file -> index(file).members().find(content).isPresent())
                .map(file -> file.part().name())
                .findFirst();
    }
}
