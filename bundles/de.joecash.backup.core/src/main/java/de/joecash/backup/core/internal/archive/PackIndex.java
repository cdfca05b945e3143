package de.joecash.backup.core.internal.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pack, or a full archive, holds. Immutable, thread-safe.
 *
 * @param members those that it holds whole
 * @param deltas those that it holds as deltas; none in a full archive
 */
public record PackIndex(MemberIndex members, List<DeltaMember> deltas) {
    /** Keeps a copy. */
    public PackIndex {
        deltas = List.copyOf(deltas);
    }

    /** That of a file that holds all its members whole. */
    public static PackIndex of(MemberIndex members) {
        return new PackIndex(members, List.of());
    }

    /** Its deltas by the digests of their contents. */
    public Map<Digest, DeltaMember> byContent() {
        Map<Digest, DeltaMember> all = new HashMap<>();
        deltas.forEach(delta -> all.put(delta.sha256(), delta));
        return all;
    }
}
