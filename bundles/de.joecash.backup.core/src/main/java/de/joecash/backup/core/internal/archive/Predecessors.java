package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an earlier archive has in the place of a member: between the same neighbours, as far as both have them. Goes
 * through the later archive from its first member to its last. Not thread-safe.
 */
final class Predecessors {
    private final ArchiveFile earlier;
    private int last = -1;
    private int since;

    /** @param earlier not closed here */
    Predecessors(ArchiveFile earlier) {
        this.earlier = earlier;
    }

    /** Goes to the later archive's next member. */
    void next(Member member) {
        MemberIndex index = earlier.index();
        boolean follows =
                last + 1 < index.size() && index.get(last + 1).sha256().equals(member.sha256());
        Optional<Member> same = follows ? Optional.of(index.get(last + 1)) : index.find(member.sha256());
        since = same.isPresent() ? 0 : since + 1;
        last = same.map(Member::ordinal).orElse(last);
    }

    /** Whether the earlier archive has the member that it is at. */
    boolean same() {
        return since == 0;
    }

    /** What may have been in its place, the likeliest first; the same content alone where that is there. */
    List<Member> members() {
        MemberIndex index = earlier.index();
        int likely = last + since;
        return IntStream.of(likely, likely - 1, likely + 1)
                .limit(since == 0 ? 1 : 3)
                .filter(ordinal -> ordinal >= 0 && ordinal < index.size())
                .mapToObj(index::get)
                .toList();
    }

    /** Reads one of them. */
    byte[] content(Member member) throws IOException {
        return earlier.content(member);
    }
}
