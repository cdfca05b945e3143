package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recovers what is whole in a damaged file. With the file's index every content comes out at its place, wherever in the
 * file it is found, and the list of what is missing is exact. Without it the contents come out as they lie in the file,
 * and the list tells only where in the file something is damaged. Not thread-safe.
 */
public final class Salvage implements AutoCloseable {
    private final WholeMembers members;
    private final Optional<MemberIndex> index;
    private final List<Gap> gaps = new ArrayList<>();
    private int recovered;
    private long recoveredBytes;

    /**
     * Something that is missing.
     *
     * @param storedOffset where in the file it began when that was whole; without an index, where in the damaged file
     *     something that is not whole begins
     * @param members how many members, 0 if the index is not there to tell
     * @param contentOffset where in the whole content it begins, -1 if the index is not there to tell
     * @param contentBytes how many bytes of content, -1 if the index is not there to tell
     */
    public record Gap(long storedOffset, int members, long contentOffset, long contentBytes) {}

    /**
     * What was recovered.
     *
     * @param members number of members
     * @param contentBytes their content
     * @param gaps what is missing, in order; empty where all was recovered, but that without an index nobody can tell
     *     whether something is missing at the end
     */
    public record Recovered(int members, long contentBytes, List<Gap> gaps) {}

    /**
     * Opens a file.
     *
     * @param index its index, if that is whole
     */
    public Salvage(Path path, Optional<MemberIndex> index) throws IOException {
        this.members = new WholeMembers(path);
        this.index = index;
    }

    /**
     * Recovers; to be called once.
     *
     * @param out takes the content of every member that is whole, in order
     * @return what that was
     * @throws IOException if the file cannot be read or {@code out} throws it, or if the file was made to take for ever
     */
    public Recovered recover(OutputStream out) throws IOException {
        if (index.isPresent()) {
            recover(index.get(), out);
        } else {
            recoverAsTheyLie(out);
        }
        return new Recovered(recovered, recoveredBytes, List.copyOf(gaps));
    }

    private void recoverAsTheyLie(OutputStream out) throws IOException {
        long end = members.at();
        if (end == 0) {
            // The first member, which has no content, is damaged itself.
            gaps.add(new Gap(0, 0, -1, -1));
        }
        while (members.next()) {
            damagedBetween(end, members.at());
            write(out);
            end = members.end();
        }
        damagedBetween(end, members.size());
    }

    private void damagedBetween(long from, long to) {
        if (from > 0 && from < to) {
            gaps.add(new Gap(from, 0, -1, -1));
        }
    }

    private void recover(MemberIndex wanted, OutputStream out) throws IOException {
        long[] places = places(wanted);
        int missing = 0;
        for (Member member : wanted) {
            long place = places[first(wanted, member)];
            if (place >= 0
                    && members.goTo(place)
                    && members.contentLength() == member.contentLength()
                    && members.digest().equals(member.sha256())) {
                missing(wanted, member.ordinal() - missing, missing);
                missing = 0;
                write(out);
            } else {
                missing++;
            }
        }
        missing(wanted, wanted.size() - missing, missing);
    }

    /** Where each content of the index was found, at the ordinal of the first member that has it; -1 where nowhere. */
    private long[] places(MemberIndex wanted) throws IOException {
        long[] places = new long[wanted.size()];
        Arrays.fill(places, -1);
        while (members.next()) {
            wanted.find(members.digest())
                    .filter(member -> places[member.ordinal()] < 0)
                    .ifPresent(member -> places[member.ordinal()] = members.at());
        }
        return places;
    }

    private static int first(MemberIndex wanted, Member member) {
        return wanted.find(member.sha256()).orElseThrow().ordinal();
    }

    private void missing(MemberIndex wanted, int from, int count) {
        if (count > 0) {
            Member first = wanted.get(from);
            Member last = wanted.get(from + count - 1);
            long to = last.contentOffset() + last.contentLength();
            gaps.add(new Gap(first.storedOffset(), count, first.contentOffset(), to - first.contentOffset()));
        }
    }

    private void write(OutputStream out) throws IOException {
        out.write(members.content(), 0, members.contentLength());
        recovered++;
        recoveredBytes += members.contentLength();
    }

    @Override
    public void close() throws IOException {
        members.close();
    }
}
