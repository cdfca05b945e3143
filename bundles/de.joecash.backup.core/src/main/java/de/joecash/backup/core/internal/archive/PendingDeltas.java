package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Deltas whose base has not come yet, of files that say anything: no more of them than fit. Not thread-safe. */
final class PendingDeltas {
    /** Two contents may look alike; nobody has so many of them who has not forged them. */
    private static final int MOST_IN_VAIN = 1000;

    private final Map<Looks, List<DeltaFormat.Packed>> byBase = new HashMap<>();
    private long cost;
    private int inVain;

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
     * @throws IOException if too many contents only looked as if something did
     */
    List<DeltaFormat.Packed> restingOn(byte[] content) throws IOException {
        Looks looks = new Looks(content.length, MemberFormat.crc(content, content.length));
        Digest sha256 = new Sha256().digest(content, content.length);
        Map<Boolean, List<DeltaFormat.Packed>> byEquality = byBase.getOrDefault(looks, List.of()).stream()
                .collect(Collectors.partitioningBy(one -> one.of().base().equals(sha256)));
        List<DeltaFormat.Packed> resting = byEquality.get(true);
        if (resting.isEmpty() && ++inVain > MOST_IN_VAIN) {
            throw new IOException("what deltas rest on was forged");
        }
        resting.forEach(one -> cost -= one.of().cost());
        if (byEquality.get(false).isEmpty()) {
            byBase.remove(looks);
        } else {
            byBase.put(looks, byEquality.get(false));
        }
        return resting;
    }
}
