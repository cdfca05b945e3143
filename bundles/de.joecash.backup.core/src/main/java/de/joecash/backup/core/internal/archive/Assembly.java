package de.joecash.backup.core.internal.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;

/**
 * Makes an archive again, byte by byte, from files that hold its members and of which nothing is known: full archives
 * and packs, each read once from its beginning, in any order but for this: a pack with deltas before what they rest on,
 * so the newest first. Only what the wanted index names is inflated, so a file that was made to expand expands to no
 * more than that; each member is proven by its digest before it is written. Not thread-safe.
 */
public final class Assembly implements AutoCloseable {
    /** Where the archive goes; its parts come in any order. */
    @FunctionalInterface
    public interface Target {
        /**
         * Takes a part.
         *
         * @param at where it begins in the archive
         * @param bytes holds it at its beginning
         * @param length how long it is
         */
        void write(long at, byte[] bytes, int length) throws IOException;
    }

    private final MemberIndex wanted;
    private final Target target;
    private final Map<Long, List<Integer>> byLooks = new HashMap<>();
    private final BitSet found = new BitSet();
    private final PendingDeltas deltas = new PendingDeltas();
    private final MemberCheck check = new MemberCheck(new JdkCodec());
    private final byte[] stored = new byte[MemberFormat.MAX_STORED];
    private final byte[] again = new byte[MemberFormat.MAX_STORED];
    private long inDeltas;

    /**
     * Begins with the archive's first member, which its index holds.
     *
     * @param wanted the archive's index
     * @param target takes the archive
     */
    public Assembly(MemberIndex wanted, Target target) throws IOException {
        this.wanted = wanted;
        this.target = target;
        for (Member member : wanted) {
            byLooks.computeIfAbsent(looks(member.storedLength(), member.storedCrc()), any -> new ArrayList<>(1))
                    .add(member.ordinal());
        }
        target.write(0, wanted.head(), wanted.head().length);
    }

    private static Long looks(int storedLength, int storedCrc) {
        return ((long) storedLength << 32) | Integer.toUnsignedLong(storedCrc);
    }

    /**
     * Reads a file to its end and takes what is wanted.
     *
     * @param file not closed
     * @throws IOException if it is not one of our files, is damaged or cannot be read, or the target throws it
     */
    public void take(InputStream file) throws IOException {
        inDeltas = 0;
        skipHead(file);
        while (true) {
            int length = next(file);
            if (length == 0) {
                return;
            }
            if (MemberFormat.storedLength(stored, 0).isEmpty()) {
                keep(length);
                continue;
            }
            for (Member member : lookingLike(length, MemberFormat.crc(stored, length))) {
                put(member);
            }
            rest(length);
        }
    }

    private List<Member> lookingLike(int storedLength, int storedCrc) {
        return byLooks.getOrDefault(looks(storedLength, storedCrc), List.of()).stream()
                .filter(ordinal -> !found.get(ordinal))
                .map(wanted::get)
                .toList();
    }

    /** Keeps a delta until its base comes, if it gives what is wanted. */
    private void keep(int length) throws IOException {
        // A pack of ours has no more; each of them is inflated before anybody knows whether it is wanted.
        inDeltas += Math.max(0, MemberFormat.contentLength(stored, length));
        if (inDeltas > DeltaMember.MOST_COST) {
            throw new IOException("too many deltas in it");
        }
        try {
            DeltaFormat.Packed packed = DeltaFormat.read(stored, length);
            if (!given(packed.of()).isEmpty()) {
                deltas.add(packed);
            }
        } catch (DataFormatException e) {
            throw new IOException("a delta in it is damaged", e);
        }
    }

    /** Makes what rests on the member that was read. */
    private void rest(int length) throws IOException {
        int contentLength = MemberFormat.contentLength(stored, length);
        if (!deltas.mayRestOn(contentLength, MemberFormat.contentCrc(stored, length))) {
            return;
        }
        try {
            byte[] base = check.content(stored, length, contentLength);
            for (DeltaFormat.Packed packed : deltas.restingOn(base)) {
                make(packed, base);
            }
        } catch (DataFormatException e) {
            throw new IOException("a delta, or what it rests on, is damaged", e);
        }
    }

    private void make(DeltaFormat.Packed packed, byte[] base) throws IOException, DataFormatException {
        DeltaMember of = packed.of();
        List<Member> members = given(of);
        if (members.isEmpty()) {
            return;
        }
        byte[] content = Delta.apply(base, packed.delta(), of.contentLength());
        if (!new Sha256().digest(content, content.length).equals(of.sha256())) {
            throw new IOException("a delta gives something else");
        }
        int length = DeltaMaker.again(content, packed.level(), again);
        if (length != of.storedLength() || MemberFormat.crc(again, length) != of.storedCrc()) {
            throw new IOException("a delta gives other bytes");
        }
        for (Member member : members) {
            target.write(member.storedOffset(), again, length);
            found.set(member.ordinal());
        }
    }

    private List<Member> given(DeltaMember delta) {
        return lookingLike(delta.storedLength(), delta.storedCrc()).stream()
                .filter(delta::gives)
                .toList();
    }

    /** Says how many members were not found yet. */
    public int missing() {
        return wanted.size() - found.cardinality();
    }

    private void skipHead(InputStream file) throws IOException {
        byte[] head = new byte[MemberFormat.MAX_HEAD];
        int read = file.readNBytes(head, 0, MemberFormat.HEADER);
        OptionalInt length = read < MemberFormat.HEADER ? OptionalInt.empty() : MemberFormat.headLength(head);
        if (length.isEmpty()) {
            throw new IOException("its first member is damaged");
        }
        int rest = length.getAsInt() - MemberFormat.HEADER;
        if (file.readNBytes(head, MemberFormat.HEADER, rest) < rest) {
            throw new EOFException();
        }
        if (!MemberFormat.isHead(Arrays.copyOf(head, length.getAsInt()))) {
            throw new IOException("its first member is damaged");
        }
    }

    /** Reads the next member as it stands; gives its length, 0 at the end. */
    private int next(InputStream file) throws IOException {
        int read = file.readNBytes(stored, 0, MemberFormat.HEADER);
        if (read == 0) {
            return 0;
        }
        OptionalInt length = read < MemberFormat.HEADER ? OptionalInt.empty() : MemberFormat.anyLength(stored);
        if (length.isEmpty()) {
            throw new IOException("something in it is no member");
        }
        int rest = length.getAsInt() - MemberFormat.HEADER;
        if (file.readNBytes(stored, MemberFormat.HEADER, rest) < rest) {
            throw new EOFException();
        }
        return length.getAsInt();
    }

    private void put(Member member) throws IOException {
        try {
            check.check(member, stored);
        } catch (DataFormatException e) {
            // Whoever forged the CRC could make us inflate again and again.
            throw new IOException("a member in it was forged", e);
        }
        target.write(member.storedOffset(), stored, member.storedLength());
        found.set(member.ordinal());
    }

    @Override
    public void close() {
        check.close();
    }
}
