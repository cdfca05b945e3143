package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;

/**
 * A pack holds those members of an archive that are not known elsewhere. It is itself a gzip file with an index. From
 * the archive's index and the packs that hold its members, the archive is made again.
 */
public final class Packs {
    private Packs() {}

    /**
     * Writes the members of an archive that are not known, each once: one whose content is the same in other bytes is
     * another.
     *
     * @param archive whose members are wanted
     * @param known whether a member is known
     * @param out takes the pack
     * @return the pack's index
     * @throws IOException if a member of the archive is damaged, or {@code out} throws it
     */
    public static Written write(ArchiveFile archive, Predicate<Member> known, OutputStream out) throws IOException {
        Taking taking = new Taking(archive.index().head(), out);
        Set<Bytes> taken = new HashSet<>();
        for (Member member : archive.index()) {
            if (!known.test(member) && taken.add(Bytes.of(member))) {
                taking.take(member, archive.stored(member));
            }
        }
        return taking.finish();
    }

    /**
     * The same, but with deltas of members where they are worth it, behind all others.
     *
     * @param deltas before its archive's first member
     * @return what the pack holds
     */
    public static PackIndex write(ArchiveFile archive, Predicate<Member> known, DeltaMaker deltas, OutputStream out)
            throws IOException {
        Taking taking = new Taking(archive.index().head(), out);
        Set<Bytes> taken = new HashSet<>();
        List<DeltaFormat.Packed> made = new ArrayList<>();
        for (Member member : archive.index()) {
            deltas.next(member);
            if (!known.test(member) && taken.add(Bytes.of(member))) {
                byte[] stored = archive.stored(member);
                Optional<DeltaFormat.Packed> delta = deltas.make(member, stored);
                if (delta.isPresent()) {
                    made.add(delta.get());
                } else {
                    taking.take(member, stored);
                }
            }
        }
        for (DeltaFormat.Packed delta : made) {
            taking.put(DeltaFormat.member(delta));
        }
        return new PackIndex(
                taking.finish().index(),
                made.stream().map(DeltaFormat.Packed::of).toList());
    }

    /**
     * Says how long a pack would be.
     *
     * @param archive the index of the archive whose members are wanted
     * @param known as for {@link #write}
     * @return bytes
     */
    public static long bytes(MemberIndex archive, Predicate<Member> known) {
        long bytes = archive.head().length;
        Set<Bytes> taken = new HashSet<>();
        for (Member member : archive) {
            if (!known.test(member) && taken.add(Bytes.of(member))) {
                bytes += member.storedLength();
            }
        }
        return bytes;
    }

    /** What a member's bytes are. */
    private record Bytes(Digest sha256, int length, int crc) {
        static Bytes of(Member member) {
            return new Bytes(member.sha256(), member.storedLength(), member.storedCrc());
        }
    }

    /**
     * Makes an archive again. Each member's content is proven by its digest before it is written.
     *
     * @param wanted the archive's index
     * @param parts hold its members, in any order
     * @param out takes the archive
     * @return what was written: its content is that of the archive; its bytes are, too, where the parts' members are
     *     those that the archive had
     * @throws IOException if a member is in none of the parts, before anything is written; if one is damaged in all of
     *     them; or if {@code out} throws it
     */
    public static Written assemble(MemberIndex wanted, List<ArchiveFile> parts, OutputStream out) throws IOException {
        List<Integer> missing = new ArrayList<>();
        for (Member member : wanted) {
            if (parts.stream()
                    .noneMatch(part -> part.index().find(member.sha256()).isPresent())) {
                missing.add(member.ordinal());
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(missing.size() + " of " + wanted.size() + " members are missing, the first is number "
                    + missing.get(0));
        }
        Taking taking = new Taking(wanted.head(), out);
        try (MemberCheck check = new MemberCheck(new JdkCodec())) {
            for (Member member : wanted) {
                taking.take(member, proven(member, parts, check));
            }
        }
        return taking.finish();
    }

    private static byte[] proven(Member wanted, List<ArchiveFile> parts, MemberCheck check) throws IOException {
        IOException damaged = new IOException("member " + wanted.ordinal() + " is damaged wherever it is");
        for (ArchiveFile part : parts) {
            Optional<Member> there = part.index().find(wanted.sha256());
            if (there.isPresent() && there.get().contentLength() == wanted.contentLength()) {
                try {
                    byte[] stored = part.stored(there.get());
                    check.check(there.get(), stored);
                    return stored;
                } catch (IOException | DataFormatException e) {
                    damaged.addSuppressed(e);
                }
            }
        }
        throw damaged;
    }

    /** Puts members into a file as they are. */
    private static final class Taking {
        private final OutputStream out;
        private final MemberIndex.Builder index;
        private final Sha256 archive = new Sha256();

        Taking(byte[] head, OutputStream out) throws IOException {
            this.out = out;
            this.index = new MemberIndex.Builder(head);
            put(head);
        }

        void take(Member member, byte[] stored) throws IOException {
            put(stored);
            index.add(member.contentLength(), stored.length, MemberFormat.crc(stored, stored.length), member.sha256());
        }

        Written finish() {
            MemberIndex members = index.build();
            return new Written(
                    new ArchiveDigest(members.contentBytes(), members.contentSha256(), archive.bytes(), archive.hex()),
                    members);
        }

        private void put(byte[] bytes) throws IOException {
            out.write(bytes);
            archive.update(bytes, 0, bytes.length);
        }
    }
}
