package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deltas whose base has not come yet, of files that say anything: no more of them than fit. Not thread-safe. */
final class PendingDeltas {
    private final Map<Looks, List<DeltaFormat.Packed>> byBase = new HashMap<>();
    private long cost;

    /** What a content looks like by the trailer of its member. */
    private record Looks(int length, int crc) {}

    /**
     * Keeps a delta.
     *
     * @throws IOException if there are too many
     */
    void add(DeltaFormat.Packed packed) throws IOException {
        cost += packed.of().cost();
        if (cost > DeltaMember.MOST_COST) {
            throw new IOException("too many deltas");
        }
        byBase.computeIfAbsent(new Looks(packed.baseLength(), packed.baseCrc()), any -> new ArrayList<>(1))
                .add(packed);
    }

    /** Whether a member, by its trailer, may be the base of one. */
    boolean mayRestOn(int contentLength, int contentCrc) {
        return byBase.containsKey(new Looks(contentLength, contentCrc));
    }

    /**
     * Gives what rests on a content, and keeps it no longer.
     *
     * @throws IOException if nothing does, though it looks like a base: whoever forged that could make us look again
     *     and again
     */
    List<DeltaFormat.Packed> restingOn(byte[] content) throws IOException {
        List<DeltaFormat.Packed> all =
                byBase.remove(new Looks(content.length, MemberFormat.crc(content, content.length)));
        Digest sha256 = new Sha256().digest(content, content.length);
        if (all == null || !all.stream().allMatch(one -> one.of().base().equals(sha256))) {
            throw new IOException("what a delta rests on was forged");
        }
        return all;
    }
}
