package de.joecash.backup.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.archive.DeltaMember;
import de.joecash.backup.core.internal.archive.Digest;
import de.joecash.backup.core.internal.archive.Member;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.PackIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final MemberIndex FULL =
            ArchiveSamples.write(ArchiveSamples.lines(1_000_000, 1)).index();
    private static final MemberIndex NOTHING = ArchiveSamples.write(new byte[0]).index();

    private static final long COST = delta(digest(0), 0).cost();

    private final List<LedgerFile> files = new ArrayList<>(List.of(file(1, PackIndex.of(FULL))));

    @Test
    void hasWholeMembersFromTheFileThatHoldsThem() {
        Chain chain = new Chain(files);

        assertThat(chain.member(FULL.get(0))).contains(new Chain.Way(names(1), 0));
        assertThat(chain.whole(FULL.get(1).sha256())).contains(name(1));
        assertThat(chain.member(member(1))).isEmpty();
        assertThat(chain.whole(digest(1))).isEmpty();
    }

    @Test
    void hasDeltasTogetherWithWhatTheyRestOn() {
        files.add(pack(2, delta(FULL.get(0).sha256(), 1)));
        files.add(pack(3, delta(FULL.get(1).sha256(), 2)));
        Chain chain = new Chain(files);

        assertThat(chain.member(member(1))).contains(new Chain.Way(names(1, 2), COST));
        assertThat(chain.member(member(2))).contains(new Chain.Way(names(1, 3), COST));
    }

    @Test
    void hasNoDeltaThatGivesOtherBytesOrWhoseBaseIsGone() {
        files.add(pack(2, delta(digest(77), 1)));
        files.add(pack(3, delta(FULL.get(0).sha256(), 2)));
        Chain chain = new Chain(files);

        assertThat(chain.member(member(1))).isEmpty();
        assertThat(chain.member(new Member(0, 0, 300_000, 0, 80_001, 7, digest(2))))
                .isEmpty();
        assertThat(chain.member(new Member(0, 0, 300_000, 0, 80_000, 8, digest(2))))
                .isEmpty();
    }

    @Test
    void letsNoDeltaRestOnAnother() {
        files.add(pack(2, delta(FULL.get(0).sha256(), 1)));
        files.add(pack(3, delta(digest(1), 2)));
        Chain chain = new Chain(files);

        assertThat(chain.member(member(2))).isEmpty();
        assertThat(chain.whole(digest(1))).isEmpty();
    }

    /** Whoever makes the archive again reads the newest first, and meets what a delta rests on after it. */
    @Test
    void restsOnlyOnWhatWasThereBefore() {
        files.add(0, pack(2, delta(FULL.get(0).sha256(), 1)));

        assertThat(new Chain(files).member(member(1))).isEmpty();
    }

    /** What came whole since is not kept as a delta, nor what the archive does not have. */
    @Test
    void saysWhatTheDeltasCostThatAnArchiveTakes() {
        files.add(pack(2, delta(FULL.get(0).sha256(), 1)));
        files.add(pack(3, delta(FULL.get(0).sha256(), 1), delta(FULL.get(0).sha256(), 2)));
        PackIndex own = new PackIndex(NOTHING, List.of(delta(FULL.get(0).sha256(), 3)));
        MemberIndex archive = new MemberIndex.Builder(FULL.head())
                .add(300_000, 80_000, 7, digest(1))
                .add(300_000, 80_000, 7, digest(3))
                .build();
        Chain chain = new Chain(files);

        assertThat(chain.cost(archive, names(1, 2, 3), own)).isEqualTo(3 * COST);
        assertThat(chain.cost(archive, names(1, 2), own)).isEqualTo(2 * COST);
        PackIndex whole = PackIndex.of(archive);
        assertThat(chain.cost(archive, names(1, 2, 3), whole)).isZero();
    }

    private static DeltaMember delta(Digest base, int content) {
        return new DeltaMember(base, digest(content), 300_000, 80_000, 7, 10);
    }

    private static Member member(int content) {
        return new Member(0, 0, 300_000, 0, 80_000, 7, digest(content));
    }

    private static Digest digest(int first) {
        byte[] bytes = new byte[Digest.LENGTH];
        bytes[0] = (byte) first;
        return new Digest(bytes);
    }

    private static Set<String> names(int... numbers) {
        return Arrays.stream(numbers).mapToObj(ChainTest::name).collect(Collectors.toSet());
    }

    private static String name(int number) {
        return "kasse1-2026-11-22T070000-%06d.sql.pack.gz".formatted(number);
    }

    private static LedgerFile pack(int number, DeltaMember... deltas) {
        return file(number, new PackIndex(NOTHING, List.of(deltas)));
    }

    private static LedgerFile file(int number, PackIndex index) {
        return new LedgerFile(
                new StoredPart(name(number), 1000, "0".repeat(64)),
                "kasse1",
                Instant.EPOCH,
                Optional.of(index),
                List.of(),
                Optional.empty());
    }
}
