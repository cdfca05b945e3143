package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.Safety;
import de.joecash.backup.Transfer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What packs rest on at a place is read back from time to time: it can change there and keep its length. */
class ReadingBackTest extends PlaceScenario {
    private static final String FULL = ".sql.gz.age";
    private static final String PACK = ".sql.pack.gz.age";
    private static final Problem AWAY = new Problem.ServerUnreachable("data-centre", "test");

    private Backup first;
    private Backup second;

    @BeforeEach
    void twoDays() {
        first = sent();
        days(1);
        second = sent();
        assertThat(there()).containsKey(second.id() + PACK);
    }

    private void days(int days) {
        shop.clock().advance(Duration.ofDays(days));
        nextDay();
    }

    @Test
    void whatChangedThereIsFoundAfterAWeekAndAllIsSentOnceMore() throws Exception {
        overwriteThreeBytes();
        days(7);
        Backup third = shop.backup();
        assertThat(safety()).isEqualTo(Safety.SAFE);
        centre.holdPuts();

        Run sending = shop.core().send(Optional.of(third.id()));
        centre.awaitHeld();

        assertThat(copies(first)).isZero();
        assertThat(copies(second)).isZero();
        assertThat(safety()).isEqualTo(Safety.NO_COPY);
        centre.releasePuts();
        shop.succeeds(sending);
        assertThat(there()).containsKey(third.id() + FULL);
        assertThat(copies(third)).isOne();
        assertThat(safety()).isEqualTo(Safety.SAFE);
        assertThat(restoredElsewhere(third)).isEqualTo(source.text());
        days(1);
        Backup fourth = sent();
        assertThat(there()).as("one full archive is enough").containsKey(fourth.id() + PACK);
        assertThat(restoredElsewhere(fourth)).isEqualTo(source.text());
    }

    @Test
    void nothingIsReadAgainWithinAWeek() {
        days(6);
        sent();
        assertThat(read()).isEmpty();

        days(1);
        sent();
        assertThat(read()).as("the full archive, after eight days").containsExactly(first.id() + FULL);
    }

    /** Of what the next pack needs: nothing was sold since the second day, so it needs both. */
    @Test
    void oneFileIsReadForEachTransferTheLongestUnprovenFirst() {
        shop.clock().advance(Duration.ofDays(9));
        sent();
        assertThat(read()).containsExactly(first.id() + FULL);

        sent();
        assertThat(read()).containsExactly(first.id() + FULL, second.id() + PACK);

        Backup last = sent();
        assertThat(read()).hasSize(2);
        assertThat(there()).containsKey(last.id() + PACK);
    }

    @Test
    void aLineThatBreaksMeanwhileSaysNothingAboutTheFile() {
        days(9);
        Backup third = shop.backup();
        centre.cutReads(10_000, 1000, AWAY);

        assertThat(shop.fails(shop.core().send(Optional.of(third.id())))).isEqualTo(AWAY);

        assertThat(copies(first)).isOne();
        assertThat(copies(second)).isOne();
        assertThat(shop.core().transfers()).extracting(Transfer::state).containsExactly(Transfer.State.WAITING);
        centre.cutReads(10_000, 4, AWAY);
        shop.succeeds(shop.core().send(Optional.of(third.id())));
        assertThat(there()).containsKey(third.id() + PACK);
        assertThat(restoredElsewhere(third)).isEqualTo(source.text());
    }

    @Test
    void aLineThatIsTooPoorForItKeepsNoBackupFromGoing() {
        days(9);
        Backup third = shop.backup();
        centre.cutReads(10_000, 1000, AWAY);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(shop.fails(shop.core().send(Optional.of(third.id())))).isEqualTo(AWAY);
        }

        shop.succeeds(shop.core().send(Optional.of(third.id())));

        assertThat(there()).containsKey(third.id() + PACK);
    }

    @Test
    void whatTheServerDoesNotGiveIsAsGoodAsDamaged() {
        days(9);
        centre.failNextRead(new Problem.ServerRefused("data-centre", "550 no"));

        Backup third = sent();

        assertThat(there()).containsKey(third.id() + FULL);
        assertThat(copies(second)).isZero();
    }

    @Test
    void aWaitingPackIsMadeAnewWhereWhatItRestsOnIsFoundDamaged() {
        Backup third = shop.backup();
        centre.failPutAfter(1, AWAY);
        assertThat(shop.fails(shop.core().send(Optional.of(third.id())))).isEqualTo(AWAY);
        assertThat(there()).containsKey(third.id() + PACK);
        overwriteThreeBytes();
        shop.clock().advance(Duration.ofDays(8));

        shop.succeeds(shop.core().send(Optional.of(third.id())));

        assertThat(there()).containsKey(third.id() + FULL);
        assertThat(restoredElsewhere(third)).isEqualTo(source.text());
    }

    private void overwriteThreeBytes() {
        byte[] full = there(first, FULL);
        for (int i = 40_000; i < 40_003; i++) {
            full[i] ^= 1;
        }
    }

    private Safety safety() {
        return shop.core().status().safety();
    }

    private int copies(Backup backup) {
        return shop.core().find(backup.id()).orElseThrow().copies().size();
    }

    /** The archives and packs that were read there, in order. */
    private List<String> read() {
        return centre.opened().stream().filter(name -> name.endsWith(".age")).toList();
    }
}
