package de.joecash.backup.core.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Secret;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies at a place is not what was put there. */
class HostilePlaceTest extends PlaceScenario {
    private static final String PACK = ".sql.pack.gz.age";

    private Backup first;
    private Backup second;

    @BeforeEach
    void twoDays() {
        first = sent();
        shop.clock().advance(Duration.ofDays(1));
        nextDay();
        second = sent();
    }

    @Test
    void aMissingFileIsNamedAndTheNextTransferIsFull() {
        there().remove(first.id() + ".sql.gz.age");

        assertThat(refusedElsewhere(second, Optional.of(KEY)))
                .isEqualTo(new Problem.PartsMissing(second.id().value(), List.of(first.id() + ".sql.gz.age")));
        assertNextIsFull();
    }

    @Test
    void aTruncatedFileIsNamedAndTheNextTransferIsFull() {
        damage(first.id() + ".sql.gz.age", bytes -> Arrays.copyOf(bytes, bytes.length - 1));

        assertDamageNamed(first.id() + ".sql.gz.age is ");
        assertNextIsFull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.3, 0.6, 0.9999999})
    void aFlippedBitIsNamedAndTheNextTransferOfWhoeverFoundItIsFull(double where) {
        damage(second.id() + PACK, bytes -> {
            bytes[(int) (where * bytes.length)] ^= 1;
            return bytes;
        });

        assertThat(refusedElsewhere(second, Optional.of(KEY)))
                .isInstanceOfSatisfying(Problem.ArchiveDamaged.class, damaged -> assertThat(damaged.detail())
                        .contains(second.id() + PACK));
    }

    @Test
    void theTillThatFindsDamageThereSendsEverythingNext() throws Exception {
        there(first, ".sql.gz.age")[40_000] ^= 1;
        Files.delete(shop.archive(first));
        Files.delete(shop.archive(second));
        assertThat(shop.fails(shop.core().fetch(PLACE, second.id(), Optional.of(KEY))))
                .isInstanceOf(Problem.ArchiveDamaged.class);

        assertNextIsFull();
    }

    @Test
    void swappedForeignAndReplayedFilesAreRefused() {
        byte[] pack = there(second, PACK);
        nextDay();
        Backup third = sent();
        Map<String, byte[]> whole = copyOfThere();

        there().put(third.id() + PACK, pack.clone());
        assertThat(refusedElsewhere(third, Optional.of(KEY))).isInstanceOf(Problem.ArchiveDamaged.class);
        there().putAll(whole);
        there().put(third.id() + ".parts.json", whole.get(second.id() + ".parts.json"));
        assertThat(refusedElsewhere(third, Optional.of(KEY))).isInstanceOf(Problem.ManifestUnreadable.class);
        there().putAll(whole);
        there().put(third.id() + ".json", whole.get(second.id() + ".json"));
        assertThat(refusedElsewhere(third, Optional.of(KEY))).isInstanceOf(Problem.ManifestUnreadable.class);
        there().putAll(whole);
        assertThat(restoredElsewhere(third)).isEqualTo(source.text());
    }

    /** Whoever can write there can write a note that fits; then the members tell. */
    @Test
    void aNoteThatWasForgedToFitAnOlderPackIsFoundOutByTheManifest() {
        String note = text(second.id() + ".parts.json");
        nextDay();
        Backup third = sent();
        there().put(third.id() + PACK, there(second, PACK).clone());
        there().put(
                        third.id() + ".parts.json",
                        note.replace(second.id().value(), third.id().value()).getBytes(UTF_8));

        assertThat(refusedElsewhere(third, Optional.of(KEY)))
                .isInstanceOfSatisfying(Problem.ArchiveDamaged.class, damaged -> assertThat(damaged.detail())
                        .contains("members are in none of the files"));
    }

    @Test
    void aNoteWithNamesLengthsOrNeedsOfNobodysIsRefused() {
        String name = second.id() + ".parts.json";
        String note = text(name);
        for (String forged : List.of(
                note.replace(first.id() + ".sql", "../" + first.id() + ".sql"),
                note.replaceFirst("\"bytes\": \\d+", "\"bytes\": 9223372036854775807"),
                note.replace(first.id() + ".sql.gz.age", second.id() + PACK),
                note.substring(10))) {
            there().put(name, forged.getBytes(UTF_8));

            assertThat(refusedElsewhere(second, Optional.of(KEY)))
                    .isInstanceOfSatisfying(Problem.ManifestUnreadable.class, problem -> assertThat(problem.name())
                            .isEqualTo(name));
        }
    }

    @Test
    void aNoteThatIsGoneNamesWhatIsMissing() {
        there().remove(second.id() + ".parts.json");

        assertThat(refusedElsewhere(second, Optional.of(KEY)))
                .isEqualTo(new Problem.PartsMissing(second.id().value(), List.of(second.id() + ".sql.gz")));
    }

    @Test
    void asksForTheKeyAndRefusesAnotherOne() {
        assertThat(refusedElsewhere(second, Optional.empty()))
                .isEqualTo(new Problem.KeyMissing(second.id().value()));
        assertThat(refusedElsewhere(second, Optional.of(OTHER_KEY)))
                .isEqualTo(new Problem.KeyRefused(second.id().value(), List.of(recipient(KEY))));
        String whole = KEY.use(String::new);
        for (String mistyped : List.of(
                whole.substring(0, whole.length() - 1),
                whole.substring(0, whole.length() - 1) + (whole.endsWith("Q") ? "P" : "Q"),
                whole.replaceFirst(".$", "O"),
                "mistyped")) {
            assertThat(refusedElsewhere(second, Optional.of(new Secret(mistyped))))
                    .isEqualTo(new Problem.KeyMistyped());
        }
    }

    /** age takes a change to the line that is meant for a key for another key; the note knows better. */
    @Test
    void aDamagedHeadIsNotTakenForAWrongKey() {
        damage(second.id() + PACK, bytes -> {
            bytes[40] = (byte) (bytes[40] == 'A' ? 'B' : 'A');
            return bytes;
        });

        assertDamageNamed(second.id() + PACK);
    }

    @Test
    void goesOnWhereTheLineBreaksAFewTimes() {
        Problem away = new Problem.ServerUnreachable("data-centre", "test");
        try (Shop machine = newMachine()) {
            centre.cutReads(100_000, 4, away);
            machine.succeeds(machine.core().fetch(PLACE, second.id(), Optional.of(KEY)));
        }
        centre.cutReads(10_000, 1000, away);
        assertThat(refusedElsewhere(second, Optional.of(KEY))).isEqualTo(away);
    }

    @Test
    void anotherManifestOfThatNameIsNotReplaced() {
        Backup third = shop.backup();
        there().put(third.id() + ".json", new byte[] {1});

        assertThat(shop.fails(shop.core().send(Optional.of(third.id()))))
                .isEqualTo(new Problem.NameTaken("data-centre", third.id() + ".json"));
        assertThat(there(third, ".json")).containsExactly(1);
    }

    private void assertDamageNamed(String detail) {
        assertThat(refusedElsewhere(second, Optional.of(KEY)))
                .isInstanceOfSatisfying(Problem.ArchiveDamaged.class, damaged -> assertThat(damaged.detail())
                        .contains(detail));
    }

    private void assertNextIsFull() {
        nextDay();
        Backup next = sent();
        assertThat(there()).containsKey(next.id() + ".sql.gz.age");
        assertThat(restoredElsewhere(next)).isEqualTo(source.text());
        nextDay();
        Backup after = sent();
        assertThat(there()).containsKey(after.id() + PACK);
        assertThat(restoredElsewhere(after)).isEqualTo(source.text());
    }

    private String text(String name) {
        return new String(there().get(name), UTF_8);
    }

    private void damage(String name, UnaryOperator<byte[]> how) {
        there().put(name, how.apply(there().get(name).clone()));
    }
}
