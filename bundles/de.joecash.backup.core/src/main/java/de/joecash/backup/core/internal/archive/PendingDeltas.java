package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;

/**
 * Deltas whose base has not come yet, of files that say anything: only what is wanted is kept, and no more of it than
 * fits. Not thread-safe.
 */
final class PendingDeltas {
    /** Deltas that rest on deltas: a member that changes each time goes whole now and then. */
    static final int MOST_DEEP = 8;
    /** More than a place can hold for one backup as we send it. */
    static final int MOST_BYTES = 16 << 20;

    private final Map<Looks, List<Pending>> byBase = new HashMap<>();
    private final Map<Digest, Integer> depths = new HashMap<>();
    private int bytes;

    /** What a content looks like from outside. */
    private record Looks(int length, int crc) {}

    private record Pending(DeltaFormat.Packed packed, int depth) {}

    /** Takes what a delta gives. */
    @FunctionalInterface
    interface Use {
        void of(DeltaFormat.Packed packed, byte[] content) throws IOException;
    }

    /**
     * Keeps a delta, if what it gives is wanted by itself or is the base of one that was kept before.
     *
     * @throws IOException if there are too many
     */
    void add(DeltaFormat.Packed packed, Predicate<DeltaMember> wanted) throws IOException {
        int depth = Math.max(
                wanted.test(packed.of()) ? 1 : 0,
                depths.getOrDefault(packed.of().sha256(), 0));
        if (depth == 0 || depth > MOST_DEEP) {
            return;
        }
        bytes += packed.delta().length;
        if (bytes > MOST_BYTES) {
            throw new IOException("too many deltas in it");
        }
        byBase.computeIfAbsent(new Looks(packed.baseLength(), packed.baseCrc()), any -> new ArrayList<>(1))
                .add(new Pending(packed, depth));
        depths.merge(packed.of().base(), depth + 1, Math::max);
    }

    boolean isEmpty() {
        return byBase.isEmpty();
    }

    /** Whether a member may be the base of one. */
    boolean mayRestOn(int contentLength, int contentCrc) {
        return byBase.containsKey(new Looks(contentLength, contentCrc));
    }

    /**
     * Applies all deltas that rest on a content, and those that rest on what they give.
     *
     * @throws IOException if one does not give what it promises, or {@code use} throws it
     */
    void rest(byte[] base, Digest sha256, Use use) throws IOException {
        Looks looks = new Looks(base.length, MemberFormat.crc(base, base.length));
        List<Pending> resting = byBase.getOrDefault(looks, List.of()).stream()
                .filter(one -> one.packed.of().base().equals(sha256))
                .toList();
        byBase.computeIfPresent(looks, (any, all) -> {
            all.removeAll(resting);
            return all.isEmpty() ? null : all;
        });
        for (Pending one : resting) {
            byte[] content = applied(base, one.packed);
            use.of(one.packed, content);
            rest(content, one.packed.of().sha256(), use);
        }
    }

    private static byte[] applied(byte[] base, DeltaFormat.Packed packed) throws IOException {
        try {
            byte[] content = Delta.apply(base, packed.delta(), packed.of().contentLength());
            if (new Sha256().digest(content, content.length).equals(packed.of().sha256())) {
                return content;
            }
        } catch (DataFormatException e) {
            throw new IOException("a delta in it is damaged", e);
        }
        throw new IOException("a delta in it gives something else");
    }
}
