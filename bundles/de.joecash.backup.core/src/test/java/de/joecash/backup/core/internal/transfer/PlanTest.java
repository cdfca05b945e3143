package de.joecash.backup.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Copy;
import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import de.joecash.backup.core.internal.archive.DeltaMember;
import de.joecash.backup.core.internal.archive.Member;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.PackIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Instant NOW = Instant.parse("2026-11-28T20:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    private static final byte[] DAY_ONE = ArchiveSamples.lines(3_000_000, 1);
    private static final Sample FIRST = ArchiveSamples.write(DAY_ONE);
    private static final Sample SECOND = ArchiveSamples.write(grown(DAY_ONE, 2));
    private static final Optional<LedgerFile.Proof> PROVEN =
            Optional.of(new LedgerFile.Proof(Copy.Proof.CONTENT_EQUAL, NOW));
    private static final Sample THIRD = ArchiveSamples.write(grown(grown(DAY_ONE, 2), 3));

    private final List<LedgerFile> chain = new ArrayList<>(List.of(file(1, Form.FULL, FIRST.index(), 3)));
    private final Map<String, Long> there =
            new HashMap<>(Map.of(chain.get(0).part().name(), 1000L));

    @Test
    void packsWhereTheRestIsThere() {
        Plan plan = plan(SECOND.index());

        assertThat(plan.full()).isEmpty();
        assertThat(plan.needs()).isEqualTo(chain);
        assertThat(SECOND.index().iterator())
                .toIterable()
                .anyMatch(plan.known())
                .anyMatch(plan.known().negate());
    }

    @Test
    void needsOnlyFilesThatHoldSomethingOfIt() {
        chain.add(file(
                2,
                Form.PACK,
                ArchiveSamples.write(ArchiveSamples.lines(400_000, 77)).index(),
                2));
        chain.add(file(3, Form.PACK, SECOND.index(), 1));
        chain.forEach(file -> there.put(file.part().name(), file.part().bytes()));

        assertThat(plan(THIRD.index()).needs()).containsExactly(chain.get(0), chain.get(2));
    }

    @Test
    void knowsMembersThatAreThereAsDeltasWithWhatTheyRestOn() {
        chain.add(deltas(2, SECOND.index(), 100));
        there.put(chain.get(1).part().name(), 1000L);

        Plan plan = plan(SECOND.index());

        assertThat(plan.needs()).isEqualTo(chain);
        assertThat(SECOND.index()).allMatch(plan.known());
    }

    /** Whoever fetches it has to keep them in memory. */
    @Test
    void knowsNoMoreDeltasThanFit() {
        MemberIndex archive =
                ArchiveSamples.write(grown(grown(grown(DAY_ONE, 4), 5), 6)).index();
        chain.add(deltas(2, archive, 1 << 20));
        there.put(chain.get(1).part().name(), 1000L);

        Plan plan = plan(archive);

        // Four MiB are a quarter of what fits; each costs a little more than one.
        assertThat(archive)
                .filteredOn(member -> !FIRST.index().holds(member))
                .hasSizeGreaterThan(3)
                .filteredOn(plan.known())
                .hasSize(3);
    }

    @Test
    void isFullWhereItWasAskedFor() {
        assertThat(Plan.of(
                                Optional.of(SECOND.index()),
                                chain,
                                there,
                                new Plan.Terms(true, false, MONTH, NOW, List.of()))
                        .full())
                .contains(Plan.Reason.ASKED);
    }

    @Test
    void isFullWithoutAnIndexOrALedger() {
        Plan.Terms terms = new Plan.Terms(false, false, MONTH, NOW, List.of());

        assertThat(Plan.of(Optional.empty(), chain, there, terms).full()).contains(Plan.Reason.NO_INDEX);
        assertThat(Plan.of(Optional.of(SECOND.index()), List.of(), there, terms).full())
                .contains(Plan.Reason.FIRST);
        List<LedgerFile> unindexed =
                List.of(new LedgerFile(chain.get(0).part(), "kasse1", NOW, Optional.empty(), List.of(), PROVEN));
        assertThat(Plan.of(Optional.of(SECOND.index()), unindexed, there, terms).full())
                .contains(Plan.Reason.FIRST);
    }

    @Test
    void isFullWhereSomethingIsMissingOrHasAnotherLength() {
        there.put(chain.get(0).part().name(), 999L);
        assertThat(plan(SECOND.index()).full()).contains(Plan.Reason.MISSING);
        there.clear();
        assertThat(plan(SECOND.index()).full()).contains(Plan.Reason.MISSING);
    }

    @Test
    void isFullWhereSomethingThereWasFoundDamaged() {
        assertThat(Plan.of(
                                Optional.of(SECOND.index()),
                                chain,
                                there,
                                new Plan.Terms(false, true, MONTH, NOW, List.of()))
                        .full())
                .contains(Plan.Reason.MISSING);
    }

    @Test
    void isFullWhereTheLastFullOneIsTooOldOrFromTheFuture() {
        for (int days : new int[] {30, 31, -1}) {
            chain.set(0, file(1, Form.FULL, FIRST.index(), days));
            assertThat(plan(SECOND.index()).full()).as("%d days", days).contains(Plan.Reason.OLD);
        }
        chain.set(0, file(1, Form.FULL, FIRST.index(), 29));
        assertThat(plan(SECOND.index()).full()).isEmpty();
    }

    @Test
    void isFullWhereAPackWouldBeMoreThanHalfOfIt() {
        MemberIndex other =
                ArchiveSamples.write(ArchiveSamples.lines(3_000_000, 9)).index();

        assertThat(plan(other).full()).contains(Plan.Reason.LARGE);
    }

    @Test
    void isFullWhereWhatAPackWouldRestOnWasFoundDamagedOrWasNeverProven() {
        chain.set(0, chain.get(0).proven(Optional.empty()));

        assertThat(plan(SECOND.index()).full()).contains(Plan.Reason.MISSING);
    }

    private Plan plan(MemberIndex archive) {
        return Plan.of(Optional.of(archive), chain, there, new Plan.Terms(false, false, MONTH, NOW, List.of()));
    }

    /** A pack that holds what the first day's archive lacks as deltas. */
    private static LedgerFile deltas(int number, MemberIndex archive, int bytes) {
        List<DeltaMember> deltas = new ArrayList<>();
        for (Member member : archive) {
            if (!FIRST.index().holds(member)) {
                deltas.add(new DeltaMember(
                        FIRST.index().get(0).sha256(),
                        member.sha256(),
                        member.contentLength(),
                        member.storedLength(),
                        member.storedCrc(),
                        bytes));
            }
        }
        MemberIndex nothing = ArchiveSamples.write(new byte[0]).index();
        return file(number, Form.PACK, new PackIndex(nothing, deltas), 1);
    }

    private static LedgerFile file(int number, Form form, MemberIndex index, int daysAgo) {
        return file(number, form, PackIndex.of(index), daysAgo);
    }

    private static LedgerFile file(int number, Form form, PackIndex index, int daysAgo) {
        String name = "kasse1-2026-11-22T070000-00000" + number + ".sql" + form.ending() + ".gz";
        return new LedgerFile(
                new StoredPart(name, 1000, "0".repeat(64)),
                "kasse1",
                NOW.minus(Duration.ofDays(daysAgo)),
                Optional.of(index),
                List.of(),
                PROVEN);
    }

    private static byte[] grown(byte[] content, long seed) {
        byte[] more = ArchiveSamples.lines(300_000, seed);
        byte[] all = Arrays.copyOf(content, content.length + more.length);
        System.arraycopy(more, 0, all, content.length, more.length);
        return all;
    }
}
