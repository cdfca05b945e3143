package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;

/**
 * Makes deltas of an archive's members against those that earlier archives have in their places. Only of members that
 * can be made again from their contents, byte by byte, and only against contents that lie whole where the deltas go:
 * whoever makes the archive again needs one of these for each, and nothing else. Not thread-safe.
 */
public final class DeltaMaker implements AutoCloseable {
    /** Of a delta that saves less than a quarter, what it rests on is not worth it. */
    private static final int WORTHWHILE_QUARTERS = 3;
    /** One that is this much shorter than the content is good enough. */
    private static final int GOOD = 64;
    /** As many in a row that other codecs made, and nobody tries any more: that is no day's change. */
    private static final int MOST_MISSES = 16;
    /** As many in a row that are like nothing, and those up to the next member that was there before are new, too. */
    private static final int MOST_UNLIKE = 4;

    private final List<Predecessors> predecessors;
    private final Predicate<Digest> whole;
    private final Predicate<Member> fits;
    private final Going going;
    private final MemberCheck check = new MemberCheck(new JdkCodec());
    private final byte[] scratch = new byte[MemberFormat.MAX_STORED];
    private int level = PortableDeflating.USUAL;
    private int misses;
    private int unlike;
    private long cost;

    /** Asked before each delta. */
    @FunctionalInterface
    public interface Going {
        /** Throws where it is not to go on. */
        void on() throws IOException;
    }

    /**
     * Begins before an archive's first member.
     *
     * @param earlier archives, those that are likelier to have what is there first; not closed here
     * @param whole whether a content lies whole where the deltas go
     * @param fits whether a member may go as a delta
     */
    public DeltaMaker(List<ArchiveFile> earlier, Predicate<Digest> whole, Predicate<Member> fits, Going going) {
        this.predecessors = earlier.stream().map(Predecessors::new).toList();
        this.whole = whole;
        this.fits = fits;
        this.going = going;
    }

    /** Goes to the archive's next member, whatever becomes of it. */
    void next(Member member) {
        predecessors.forEach(earlier -> earlier.next(member));
        if (predecessors.stream().anyMatch(Predecessors::same)) {
            unlike = 0;
        }
    }

    /**
     * Makes a delta of the member that it is at.
     *
     * @param stored the member's bytes
     * @return empty where none is worth it
     * @throws IOException if the member is damaged
     */
    Optional<DeltaFormat.Packed> make(Member member, byte[] stored) throws IOException {
        if (misses >= MOST_MISSES
                || unlike >= MOST_UNLIKE
                || cost >= DeltaMember.MOST_COST_OF_A_PACK
                || !fits.test(member)) {
            return Optional.empty();
        }
        going.on();
        byte[] content = content(member, stored);
        Optional<Base> best = best(content);
        boolean like = best.isPresent()
                && best.get().delta.length <= stored.length / 4 * WORTHWHILE_QUARTERS
                && best.get().gives(content);
        unlike = like ? 0 : unlike + 1;
        if (!like) {
            return Optional.empty();
        }
        OptionalInt again = levelOf(content, stored);
        misses = again.isPresent() ? 0 : misses + 1;
        if (again.isEmpty()) {
            return Optional.empty();
        }
        DeltaFormat.Packed packed = best.get().packed(member, again.getAsInt());
        cost += packed.of().cost();
        return Optional.of(packed);
    }

    private byte[] content(Member member, byte[] stored) throws IOException {
        try {
            return Arrays.copyOf(check.check(member, stored), member.contentLength());
        } catch (DataFormatException e) {
            throw new IOException("member " + member.ordinal() + " is damaged", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Base(Member member, byte[] content, byte[] delta) {
        /** Tried out, for whoever finds out later has nothing else. */
        boolean gives(byte[] wanted) {
            try {
                return Arrays.equals(Delta.apply(content, delta, wanted.length), wanted);
            } catch (DataFormatException e) {
                return false;
            }
        }

        DeltaFormat.Packed packed(Member wanted, int level) {
            DeltaMember of = new DeltaMember(
                    member.sha256(),
                    wanted.sha256(),
                    wanted.contentLength(),
                    wanted.storedLength(),
                    wanted.storedCrc(),
                    delta.length);
            return new DeltaFormat.Packed(of, content.length, MemberFormat.crc(content, content.length), level, delta);
        }
    }

    private Optional<Base> best(byte[] content) {
        Base best = null;
        for (Predecessors earlier : predecessors) {
            for (Member member : earlier.members()) {
                if (best != null && best.delta.length < content.length / GOOD) {
                    return Optional.of(best);
                }
                Optional<Base> base = base(earlier, member, content);
                if (base.isPresent() && (best == null || base.get().delta.length < best.delta.length)) {
                    best = base.get();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<Base> base(Predecessors earlier, Member member, byte[] content) {
        if (!whole.test(member.sha256())) {
            return Optional.empty();
        }
        try {
            byte[] base = earlier.content(member);
            return Optional.of(new Base(member, base, Delta.of(base, content)));
        } catch (IOException e) {
            // Whoever verifies that archive is told; here it is no base.
            return Optional.empty();
        }
    }

    /** The level at which the content gives these bytes, the last one first; empty where others made them. */
    private OptionalInt levelOf(byte[] content, byte[] stored) {
        if (isMadeAgain(content, stored, level)) {
            return OptionalInt.of(level);
        }
        for (int other = PortableDeflating.HARDEST; other >= PortableDeflating.FASTEST; other--) {
            if (other != level && isMadeAgain(content, stored, other)) {
                level = other;
                return OptionalInt.of(other);
            }
        }
        return OptionalInt.empty();
    }

    private boolean isMadeAgain(byte[] content, byte[] stored, int byLevel) {
        int length = again(content, byLevel, scratch);
        return length == stored.length && Arrays.equals(scratch, 0, length, stored, 0, length);
    }

    /**
     * Makes a member from its content.
     *
     * @param into takes it from its first byte
     * @return its length, 0 where it does not fit
     */
    static int again(byte[] content, int level, byte[] into) {
        try (PortableDeflating deflater = new PortableDeflating(level)) {
            int data = deflater.deflate(content, content.length, into, MemberFormat.HEADER);
            return data < 0 || data > MemberFormat.MAX_STORED - MemberFormat.HEADER - MemberFormat.TRAILER
                    ? 0
                    : MemberFormat.frame(into, data, MemberFormat.crc(content, content.length), content.length);
        }
    }

    @Override
    public void close() {
        check.close();
    }
}
