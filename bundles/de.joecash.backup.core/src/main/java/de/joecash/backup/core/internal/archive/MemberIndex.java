package de.joecash.backup.core.internal.archive;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Every member of a file: where it lies and what it holds. Immutable, thread-safe; about 60 bytes of memory a member.
 */
public final class MemberIndex implements Iterable<Member> {
    private final byte[] head;
    private final int count;
    private final long[] contentOffsets;
    private final long[] storedOffsets;
    private final int[] crcs;
    private final byte[] digests;
    /** Ordinals in the order of digests, stored lengths and their CRCs; made when first asked for. */
    private int[] sorted;

    private MemberIndex(Builder builder) {
        head = builder.head;
        count = builder.count;
        contentOffsets = Arrays.copyOf(builder.contentOffsets, count + 1);
        storedOffsets = Arrays.copyOf(builder.storedOffsets, count + 1);
        crcs = Arrays.copyOf(builder.crcs, count);
        digests = Arrays.copyOf(builder.digests, count * Digest.LENGTH);
    }

    /** The file's first member, which has no content; copied. */
    public byte[] head() {
        return head.clone();
    }

    /** Number of members that have content. */
    public int size() {
        return count;
    }

    /** Length of the whole content in bytes. */
    public long contentBytes() {
        return contentOffsets[count];
    }

    /** Length of the file in bytes. */
    public long archiveBytes() {
        return storedOffsets[count];
    }

    /**
     * Gives a member.
     *
     * @param ordinal 0 to {@link #size} - 1
     */
    public Member get(int ordinal) {
        return new Member(
                ordinal,
                contentOffsets[ordinal],
                (int) (contentOffsets[ordinal + 1] - contentOffsets[ordinal]),
                storedOffsets[ordinal],
                storedLength(ordinal),
                crcs[ordinal],
                new Digest(Arrays.copyOfRange(digests, ordinal * Digest.LENGTH, (ordinal + 1) * Digest.LENGTH)));
    }

    /** Finds a member with this content, the same one each time. */
    public Optional<Member> find(Digest sha256) {
        byte[] wanted = sha256.bytes();
        OptionalInt ordinal = first(candidate -> compare(candidate, wanted));
        return ordinal.isPresent() ? Optional.of(get(ordinal.getAsInt())) : Optional.empty();
    }

    /** Whether a member is here with the same content in the same bytes, wherever it lies. */
    public boolean holds(Member member) {
        byte[] wanted = member.sha256().bytes();
        return first(candidate -> {
                    int byContent = compare(candidate, wanted);
                    return byContent != 0
                            ? byContent
                            : compareStored(candidate, member.storedLength(), member.storedCrc());
                })
                .isPresent();
    }

    /** The first ordinal, as they are sorted, that a comparison finds equal. */
    private OptionalInt first(IntUnaryOperator comparison) {
        int[] ordinals = sorted();
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (comparison.applyAsInt(ordinals[middle]) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < count && comparison.applyAsInt(ordinals[low]) == 0
                ? OptionalInt.of(ordinals[low])
                : OptionalInt.empty();
    }

    private int compare(int ordinal, byte[] digest) {
        int from = ordinal * Digest.LENGTH;
        return Arrays.compareUnsigned(digests, from, from + Digest.LENGTH, digest, 0, Digest.LENGTH);
    }

    private int compareStored(int ordinal, int length, int crc) {
        int byLength = Integer.compare(storedLength(ordinal), length);
        return byLength != 0 ? byLength : Integer.compare(crcs[ordinal], crc);
    }

    private int storedLength(int ordinal) {
        return (int) (storedOffsets[ordinal + 1] - storedOffsets[ordinal]);
    }

    /** Sorted rather than hashed: a forged index cannot make it slow. */
    private synchronized int[] sorted() {
        if (sorted == null) {
            sorted = IntStream.range(0, count)
                    .boxed()
                    .sorted(this::compare)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return sorted;
    }

    private int compare(int one, int two) {
        int byContent = Arrays.compareUnsigned(
                digests,
                one * Digest.LENGTH,
                (one + 1) * Digest.LENGTH,
                digests,
                two * Digest.LENGTH,
                (two + 1) * Digest.LENGTH);
        return byContent != 0 ? byContent : compareStored(one, storedLength(two), crcs[two]);
    }

    /** Digest of the whole content: the SHA-256 of its members' SHA-256, in their order. */
    public String contentSha256() {
        Sha256 all = new Sha256();
        all.update(digests, 0, digests.length);
        return all.hex();
    }

    @Override
    public Iterator<Member> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public Member next() {
                if (next >= count) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberIndex index
                && Arrays.equals(head, index.head)
                && Arrays.equals(contentOffsets, index.contentOffsets)
                && Arrays.equals(storedOffsets, index.storedOffsets)
                && Arrays.equals(crcs, index.crcs)
                && Arrays.equals(digests, index.digests);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return count + " members, " + contentBytes() + " bytes in " + archiveBytes();
    }

    /** Gathers members in the file's order. Not thread-safe. */
    public static final class Builder {
        private final byte[] head;
        private int count;
        private long[] contentOffsets = new long[64];
        private long[] storedOffsets = new long[64];
        private int[] crcs = new int[64];
        private byte[] digests = new byte[64 * Digest.LENGTH];

        /**
         * Begins with no member.
         *
         * @param head the file's first member
         * @throws IllegalArgumentException if it is not one
         */
        public Builder(byte[] head) {
            if (!MemberFormat.isHead(head)) {
                throw new IllegalArgumentException("Not a first member");
            }
            this.head = head.clone();
            storedOffsets[0] = head.length;
        }

        /**
         * Adds the next member.
         *
         * @throws IllegalArgumentException if a length is out of its range
         */
        public Builder add(int contentLength, int storedLength, int storedCrc, Digest sha256) {
            if (contentLength < 1
                    || contentLength > Cutter.MAX
                    || storedLength < MemberFormat.HEADER + MemberFormat.TRAILER
                    || storedLength > MemberFormat.MAX_STORED) {
                throw new IllegalArgumentException("Not a member: " + contentLength + " in " + storedLength);
            }
            if (count + 1 == contentOffsets.length) {
                int room = contentOffsets.length * 2;
                contentOffsets = Arrays.copyOf(contentOffsets, room);
                storedOffsets = Arrays.copyOf(storedOffsets, room);
                crcs = Arrays.copyOf(crcs, room);
                digests = Arrays.copyOf(digests, Math.multiplyExact(room, Digest.LENGTH));
            }
            System.arraycopy(sha256.bytes(), 0, digests, count * Digest.LENGTH, Digest.LENGTH);
            crcs[count] = storedCrc;
            contentOffsets[count + 1] = contentOffsets[count] + contentLength;
            storedOffsets[count + 1] = storedOffsets[count] + storedLength;
            count++;
            return this;
        }

        /** Ends it. */
        public MemberIndex build() {
            return new MemberIndex(this);
        }
    }
}
