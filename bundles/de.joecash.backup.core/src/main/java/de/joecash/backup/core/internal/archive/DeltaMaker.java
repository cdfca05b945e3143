package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;

/**
 * Makes deltas of an archive's members against those that an earlier archive has in the same place: between the same
 * neighbours. Only of members that can be made again from their contents, byte by byte. Not thread-safe.
 */
public final class DeltaMaker implements AutoCloseable {
    /** Bytes of deltas in a pack at most: whoever makes the archive again keeps them in memory. */
    static final int MOST_BYTES = 2 << 20;
    /** A delta that saves less than a quarter is not worth what it rests on. */
    private static final int WORTHWHILE_QUARTERS = 3;
    /** One that is this much shorter than the content is good enough. */
    private static final int GOOD = 64;

    private final ArchiveFile earlier;
    private final Predicate<Digest> there;
    private final MemberCheck check = new MemberCheck(new JdkCodec());
    private final byte[] scratch = new byte[MemberFormat.MAX_STORED];
    private int last = -1;
    private int since;
    private int level = PortableDeflating.USUAL;
    private int made;

    /**
     * Begins before an archive's first member.
     *
     * @param earlier not closed here
     * @param there whether a content can be had where the deltas go
     */
    public DeltaMaker(ArchiveFile earlier, Predicate<Digest> there) {
        this.earlier = earlier;
        this.there = there;
    }

    /** Goes past the archive's next member, whatever becomes of it; gives those that a delta of it may rest on. */
    List<Member> basesOf(Member member) {
        MemberIndex index = earlier.index();
        boolean follows =
                last + 1 < index.size() && index.get(last + 1).sha256().equals(member.sha256());
        Optional<Member> same = follows ? Optional.of(index.get(last + 1)) : index.find(member.sha256());
        if (same.isPresent()) {
            last = same.get().ordinal();
            since = 0;
            return those(last);
        }
        since++;
        return those(last + since, last + since - 1, last + since + 1);
    }

    private List<Member> those(int... ordinals) {
        return IntStream.of(ordinals)
                .filter(ordinal -> ordinal >= 0 && ordinal < earlier.index().size())
                .mapToObj(earlier.index()::get)
                .filter(member -> there.test(member.sha256()))
                .toList();
    }

    /**
     * Makes a delta.
     *
     * @param stored the member's bytes
     * @return empty where none is worth it
     * @throws IOException if the member is damaged
     */
    Optional<DeltaFormat.Packed> make(Member member, byte[] stored, List<Member> bases) throws IOException {
        if (bases.isEmpty() || made >= MOST_BYTES) {
            return Optional.empty();
        }
        byte[] content = content(member, stored);
        Optional<Base> best = best(content, bases);
        if (best.isEmpty() || best.get().delta.length > stored.length / 4 * WORTHWHILE_QUARTERS) {
            return Optional.empty();
        }
        OptionalInt again = levelOf(content, stored);
        if (again.isEmpty()) {
            return Optional.empty();
        }
        made += best.get().delta.length;
        return Optional.of(best.get().packed(member, again.getAsInt()));
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

    private Optional<Base> best(byte[] content, List<Member> bases) {
        Base best = null;
        for (Member base : bases) {
            try {
                byte[] other = earlier.content(base);
                byte[] delta = Delta.of(other, content);
                if (best == null || delta.length < best.delta.length) {
                    best = new Base(base, other, delta);
                }
            } catch (IOException e) {
                // Whoever verifies that archive is told; here the member goes whole.
                continue;
            }
            if (best.delta.length < content.length / GOOD) {
                break;
            }
        }
        return Optional.ofNullable(best);
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
