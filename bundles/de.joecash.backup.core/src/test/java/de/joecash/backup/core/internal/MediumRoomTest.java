package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A medium that becomes full. */
class MediumRoomTest {
    private static final String STICK = "/media/usb0";
    private static final Remark YEAR_END = new Remark(true, "year end");

    private final InMemorySource source = new InMemorySource("kasse1");
    private final InMemoryDestination medium = new InMemoryDestination("medium");
    private final Map<String, byte[]> there = medium.files(STICK);

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        source.rows(2_000);
        shop = opened("backups", 0);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void theOldestGivesWayToTheNext() throws IOException {
        Backup oldest = sent(shop);
        Backup older = sent(shop);
        Backup newest = sent(shop);
        medium.failNextPut(lacking(1));

        Backup next = sent(shop);

        assertIsGone(oldest);
        assertIsThere(older);
        assertIsThere(newest);
        assertIsThere(next);
        assertThat(shop.core().find(oldest.id()).orElseThrow().copies()).isEmpty();
        assertThat(shop.core().find(older.id()).orElseThrow().copies()).hasSize(1);
    }

    @Test
    void asManyGiveWayAsTheNextOneNeeds() throws IOException {
        Backup oldest = sent(shop);
        Backup older = sent(shop);
        Backup newest = sent(shop);
        medium.failNextPut(lacking(
                oldest.manifest().archiveBytes() + there.get(oldest.manifest().manifestName()).length + 1));

        Backup next = sent(shop);

        assertIsGone(oldest);
        assertIsGone(older);
        assertIsThere(newest);
        assertIsThere(next);
    }

    @Test
    void noneGoesWhereTheMediumCouldNotBeReadToItsEnd() throws IOException {
        Backup oldest = sent(shop);
        Backup older = sent(shop);
        Backup newest = sent(shop);
        medium.failNextPut(lacking(1));
        medium.failNextRead(new Problem.MediumFailed(STICK, "test"));

        assertThat(refused(shop)).isInstanceOf(Problem.MediumFailed.class);

        assertIsThere(oldest);
        assertIsThere(older);
        assertIsThere(newest);
        assertThat(shop.core().find(oldest.id()).orElseThrow().copies()).hasSize(1);
    }

    @Test
    void theLastGoodOneStays() throws IOException {
        Backup only = sent(shop);
        medium.failNextPut(lacking(1));

        assertThat(refused(shop)).isInstanceOf(Problem.NoSpace.class);

        assertIsThere(only);
    }

    @Test
    void oneThatIsNotWholeIsNotTheLastGoodOne() throws IOException {
        Backup good = sent(shop);
        Backup damaged = sent(shop);
        there.computeIfPresent(
                damaged.manifest().archiveName(), (name, bytes) -> Arrays.copyOf(bytes, bytes.length - 1));
        medium.failNextPut(lacking(1));

        Backup next = sent(shop);

        assertIsThere(good);
        assertIsGone(damaged);
        assertIsThere(next);
    }

    @Test
    void noneGoesWhereAllOfThemWouldNotBeEnough() throws IOException {
        Backup one = sent(shop);
        Backup two = sent(shop);
        Backup three = sent(shop);
        medium.failNextPut(lacking(1_000_000_000));

        assertThat(refused(shop)).isInstanceOf(Problem.NoSpace.class);

        assertIsThere(one);
        assertIsThere(two);
        assertIsThere(three);
    }

    @Test
    void whatIsSomebodyElsesOrKeptForEverStays() throws Exception {
        there.put("holiday.jpg", new byte[1_000_000]);
        there.put("kasse1-2020-01-01T070000-000001.json", "{}".getBytes(StandardCharsets.UTF_8));
        Backup theirs;
        try (Shop other = opened("other", 0)) {
            theirs = sent(other);
            shop.clock().advance(Duration.ofMinutes(1));
        }
        Backup kept = sent(shop);
        shop.core().remark(kept.id(), YEAR_END);
        Backup older = sent(shop);
        Backup newest = sent(shop);
        medium.failNextPut(lacking(1));

        Backup next = sent(shop);

        assertThat(there).containsKeys("holiday.jpg", "kasse1-2020-01-01T070000-000001.json");
        assertThat(there)
                .containsKeys(theirs.manifest().archiveName(), theirs.manifest().manifestName());
        assertIsThere(kept);
        assertIsGone(older);
        assertIsThere(newest);
        assertIsThere(next);
    }

    @Test
    void theLastOneOfALostDatabaseStays() throws IOException {
        Backup full = sent(shop);
        source.rows(3);
        Backup older = sent(shop);
        Backup newest = sent(shop);
        medium.failNextPut(lacking(1));

        sent(shop);

        assertIsThere(full);
        assertIsGone(older);
        assertIsThere(newest);
    }

    @Test
    void ofTwoLostDatabasesTheLastOneOfEachStays() throws IOException {
        Backup first = sent(shop);
        source.rows(3);
        Backup empty = sent(shop);
        source.rows(150);
        Backup second = sent(shop);
        source.rows(3);
        Backup newest = sent(shop);
        medium.failNextPut(lacking(1));

        sent(shop);

        assertIsThere(first);
        assertIsGone(empty);
        assertIsThere(second);
        assertIsThere(newest);
    }

    @Test
    void theLastOneOfTheLiveDatabaseStaysAndOneOfThatWhichARestoreReplacedGoes() throws IOException {
        Backup restored = sent(shop);
        Backup replaced = sent(shop);
        shop.succeeds(shop.core().restore(restored.id(), Optional.empty()));
        medium.failNextPut(lacking(1));

        Backup next = sent(shop);

        assertIsThere(restored);
        assertIsGone(replaced);
        assertIsThere(next);
    }

    @Test
    void onAStickThatWasNotThereLatelyTheLastFullOneStaysWhileADatabaseMayBeLost() throws IOException {
        Backup older = sent(shop);
        Backup full = sent(shop);
        there.keySet().removeIf(name -> name.startsWith(older.id().value()));
        Backup atAnotherStick = sent(shop);
        there.keySet().removeIf(name -> name.startsWith(atAnotherStick.id().value()));
        source.rows(3);
        sent(shop);
        Backup newest = sent(shop);
        medium.failNextPut(lacking(1));

        sent(shop);

        assertIsThere(full);
        assertIsThere(newest);
    }

    @Test
    void asManyStayAsAreToBeKept() throws Exception {
        try (Shop keeping = opened("keeping", 2)) {
            Backup oldest = sent(keeping);
            Backup kept = sent(keeping);
            keeping.core().remark(kept.id(), YEAR_END);
            Backup older = sent(keeping);
            Backup newest = sent(keeping);

            assertThat(there)
                    .doesNotContainKeys(
                            oldest.manifest().archiveName(), oldest.manifest().manifestName())
                    .containsKeys(kept.manifest().manifestName())
                    .containsKeys(older.manifest().manifestName())
                    .containsKeys(newest.manifest().manifestName());

            Backup again = keeping.succeeds(keeping.core().send(Optional.of(oldest.id())))
                    .backup();
            assertThat(there)
                    .as("somebody has just asked for it")
                    .containsKeys(again.manifest().archiveName());
        }
    }

    private Shop opened(String folder, int keep) {
        Shop opened =
                new Shop(directory.resolve(folder), Shop.keepingOnMedium(directory.resolve(folder), keep), source);
        opened.core().ports().destinations().add(1, medium);
        opened.core().ports().routes().add(1, new ToTheStick());
        return opened;
    }

    private record ToTheStick() implements TransferRoute {
        @Override
        public String destination() {
            return "medium";
        }

        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return Optional.of(STICK);
        }
    }

    private static Problem lacking(long bytes) {
        return new Problem.NoSpace(STICK, 1_000_000_000 + bytes, 1_000_000_000);
    }

    private static Backup sent(Shop till) {
        Backup backup = till.backup();
        return till.succeeds(till.core().send(Optional.of(backup.id()))).backup();
    }

    private static Problem refused(Shop till) {
        Backup backup = till.backup();
        return till.fails(till.core().send(Optional.of(backup.id())));
    }

    private void assertIsThere(Backup backup) throws IOException {
        assertThat(there).containsKey(backup.manifest().manifestName());
        assertThat(there.get(backup.manifest().archiveName())).isEqualTo(Files.readAllBytes(shop.archive(backup)));
    }

    private void assertIsGone(Backup backup) {
        assertThat(there)
                .doesNotContainKeys(
                        backup.manifest().archiveName(), backup.manifest().manifestName());
    }
}
