package de.joecash.backup.core.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What packs rest on at a place: kept as long as they are, and trusted no further than this till knows it. */
class RestingTest extends PlaceScenario {
    private static final String FULL = ".sql.gz.age";
    private static final String PACK = ".sql.pack.gz.age";
    private static final Problem AWAY = new Problem.ServerUnreachable("data-centre", "test");

    private Backup first;

    @BeforeEach
    void firstDay() {
        first = sent();
        shop.clock().advance(Duration.ofDays(1));
        nextDay();
    }

    @Test
    void isKeptForAsLongAsThePackIs() {
        Backup second = sent();

        assertThat(there()).containsKey(second.id() + PACK);
        assertThat(centre.retained()).containsExactly(first.id() + FULL);
    }

    @Test
    void isNotRestedOnWhereItCannotBeKept() {
        centre.refuseRetaining(new Problem.ServerRefused("data-centre", "403 AccessDenied"));

        Backup second = sent();

        assertThat(there()).containsKey(second.id() + FULL).doesNotContainKey(second.id() + PACK);
        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
    }

    @Test
    void aWaitingPackGivesWayToAFullOneThatIsAskedFor() {
        Backup second = shop.backup();
        centre.failPutAfter(1, AWAY);
        assertThat(shop.fails(shop.core().send(Optional.of(second.id())))).isEqualTo(AWAY);
        assertThat(there()).containsKey(second.id() + PACK);

        shop.succeeds(shop.core().sendFull(Optional.of(second.id())));

        assertThat(there()).containsKey(second.id() + FULL);
        there().remove(first.id() + FULL);
        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
    }

    /** Whoever can write there could make a pack look like one that needs nothing. */
    @Test
    void aForgedNoteDoesNotMakeAPackPassForWhole() throws Exception {
        Backup second = sent();
        String name = second.id() + ".parts.json";
        String note = new String(there().get(name), UTF_8);
        String forged = note.replaceFirst("(?s)\"needs\": \\[.*?\\]", "\"needs\": []");
        assertThat(forged).isNotEqualTo(note);
        there().put(name, forged.getBytes(UTF_8));
        forgetCopies(second);

        Backup again = shop.succeeds(shop.core().send(Optional.of(second.id()))).backup();

        assertThat(again.copies()).hasSize(1);
        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
    }

    @Test
    void whatIsFoundDamagedMeanwhileEndsThePackThatRestsOnIt() throws Exception {
        Backup second = sent();
        nextDay();
        Backup third = shop.backup();
        centre.holdPuts();
        Run sending = shop.core().send(Optional.of(third.id()));
        centre.awaitHeld();
        there(first, FULL)[40_000] ^= 1;
        Files.delete(shop.archive(second));
        assertThat(shop.fails(shop.core().fetch(PLACE, second.id(), Optional.of(KEY))))
                .isInstanceOf(Problem.ArchiveDamaged.class);

        centre.releasePuts();

        assertThat(shop.fails(sending)).isInstanceOf(Problem.CopyDiffers.class);
        assertThat(there()).as("a pack on what is damaged is no backup").doesNotContainKey(third.id() + ".json");
        shop.succeeds(shop.core().send(Optional.of(third.id())));
        assertThat(there()).containsKey(third.id() + FULL);
        assertThat(restoredElsewhere(third)).isEqualTo(source.text());
    }

    @Test
    void aWaitingPackIsMadeAnewWhereWhatItRestsOnWasFoundDamagedThoughAllWasSentSince() throws Exception {
        Backup second = shop.backup();
        centre.failPutAfter(1, AWAY);
        assertThat(shop.fails(shop.core().send(Optional.of(second.id())))).isEqualTo(AWAY);
        there(first, FULL)[40_000] ^= 1;
        Files.delete(shop.archive(first));
        assertThat(shop.fails(shop.core().fetch(PLACE, first.id(), Optional.of(KEY))))
                .isInstanceOf(Problem.ArchiveDamaged.class);
        Backup third = shop.backup();
        shop.succeeds(shop.core().sendFull(Optional.of(third.id())));

        shop.succeeds(shop.core().send(Optional.of(second.id())));

        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
    }

    private void forgetCopies(Backup backup) throws Exception {
        shop.close();
        Path folder = directory.resolve("backups");
        Files.delete(folder.resolve(backup.id() + ".state.json"));
        shop = opened(60, recipient(KEY));
    }
}
