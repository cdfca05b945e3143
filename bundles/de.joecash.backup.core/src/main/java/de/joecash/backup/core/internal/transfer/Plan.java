package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.archive.DeltaMember;
import de.joecash.backup.core.internal.archive.Member;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.Packs;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is sent of one archive to one place: all of it, or only the members that are not there. A pure function of what
 * is known of the place and what it says is there now.
 *
 * @param full why all of it, or empty for a pack
 * @param needs for a pack the files there that hold the other members, and what their deltas rest on
 * @param there for a pack the ordinals of the members that can be had from these
 */
record Plan(Optional<Reason> full, List<LedgerFile> needs, BitSet there) {
    /** Keeps copies. */
    Plan {
        needs = List.copyOf(needs);
        there = (BitSet) there.clone();
    }

    /** Why an archive is sent whole. */
    enum Reason {
        /** Somebody asked for it. */
        ASKED,
        /** Its manifest has no index. */
        NO_INDEX,
        /** No full one is known to be there. */
        FIRST,
        /** The last full one is too old. */
        OLD,
        /** Something that a pack would rest on is missing there, or was found to be damaged. */
        MISSING,
        /** Something that a pack would rest on cannot be opened by everybody who is to open the pack. */
        OTHER_RECIPIENTS,
        /** A pack would be more than half of it, or would rest on too many files. */
        LARGE
    }

    /**
     * When a pack will do.
     *
     * @param asked whether somebody asked for a full one
     * @param suspect whether something there was found to be damaged
     * @param fullEvery how old the last full one may become
     * @param now the time
     * @param recipients who is to open what is sent; none where it goes in the clear
     */
    record Terms(boolean asked, boolean suspect, Duration fullEvery, Instant now, List<String> recipients) {
        /** The same where nothing there is to be rested on. */
        Terms all() {
            return new Terms(asked, true, fullEvery, now, recipients);
        }
    }

    /**
     * Decides.
     *
     * @param archive the archive's index, where it has one
     * @param chain the newest full archive there and all packs since, as the ledger knows them
     * @param there the length of each file that is there now, by its name
     */
    static Plan of(Optional<MemberIndex> archive, List<LedgerFile> chain, Map<String, Long> there, Terms terms) {
        if (terms.asked()) {
            return full(Reason.ASKED);
        }
        if (archive.isEmpty()) {
            return full(Reason.NO_INDEX);
        }
        if (chain.isEmpty() || chain.stream().anyMatch(file -> file.index().isEmpty())) {
            return full(Reason.FIRST);
        }
        if (terms.suspect()
                || !chain.stream().allMatch(file -> file.proof().isPresent() && isThere(file.part(), there))) {
            return full(Reason.MISSING);
        }
        if (!chain.stream().allMatch(file -> file.opensTo(terms.recipients()))) {
            return full(Reason.OTHER_RECIPIENTS);
        }
        Instant last = chain.get(0).at();
        if (last.isAfter(terms.now()) || !last.plus(terms.fullEvery()).isAfter(terms.now())) {
            return full(Reason.OLD);
        }
        return packed(archive.get(), chain);
    }

    private static Plan packed(MemberIndex archive, List<LedgerFile> files) {
        Chain chain = new Chain(files);
        Set<String> needed = new HashSet<>();
        BitSet known = new BitSet();
        long cost = 0;
        for (Member member : archive) {
            Optional<Chain.Way> way = chain.member(member);
            if (way.isPresent() && cost + way.get().cost() <= DeltaMember.MOST_COST_THERE) {
                cost += way.get().cost();
                known.set(member.ordinal());
                needed.addAll(way.get().names());
            }
        }
        Plan plan = new Plan(Optional.empty(), named(files, needed), known);
        boolean large = Packs.bytes(archive, plan.known()) > archive.archiveBytes() / 2;
        // What new deltas rest on comes to it: one of these files.
        return large || files.size() > NotedArchive.MOST_NEEDS ? full(Reason.LARGE) : plan;
    }

    /** Those files that are named, in their order. */
    static List<LedgerFile> named(List<LedgerFile> files, Set<String> names) {
        return files.stream().filter(file -> names.contains(file.part().name())).toList();
    }

    static Plan full(Reason reason) {
        return new Plan(Optional.of(reason), List.of(), new BitSet());
    }

    /** Whether a file lies there with its length. */
    static boolean isThere(StoredPart part, Map<String, Long> there) {
        return Long.valueOf(part.bytes()).equals(there.get(part.name()));
    }

    /** Which members can be had there, in the very bytes of the archive: with others, it would be another file. */
    Predicate<Member> known() {
        return member -> there.get(member.ordinal());
    }

    Form form() {
        return full.isPresent() ? Form.FULL : Form.PACK;
    }
}
