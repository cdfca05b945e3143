package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Place;
import de.joecash.backup.SavedDay;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was saved on the last days. Its first day is the one that the shop's clock begins on. */
class LastDaysTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 22);

    private final InMemorySource source = new InMemorySource("kasse1");
    private final InMemoryDestination stick = new InMemoryDestination("medium");

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(directory.resolve("backups"), source);
        shop.core().ports().destinations().add(1, stick);
        shop.core().ports().routes().add(1, new ToPlace("medium"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void areNoneBeforeTheFirstBackup() {
        assertThat(shop.core().lastDays(30)).isEmpty();
    }

    @Test
    void showGapsCopiesAndToday() {
        shop.backup();
        Backup copied = shop.backup();
        shop.succeeds(shop.core().send(Optional.of(copied.id())));
        shop.clock().advance(Duration.ofDays(2));
        shop.backup();
        shop.clock().advance(Duration.ofDays(1));

        assertThat(shop.core().lastDays(30))
                .containsExactly(
                        new SavedDay(FIRST, 2, true),
                        new SavedDay(FIRST.plusDays(1), 0, false),
                        new SavedDay(FIRST.plusDays(2), 1, false),
                        new SavedDay(FIRST.plusDays(3), 0, false));
        assertThat(shop.core().lastDays(2))
                .extracting(SavedDay::day)
                .containsExactly(FIRST.plusDays(2), FIRST.plusDays(3));
    }

    @Test
    void countNeitherWhatIsDamagedNorAnotherTillsBackups() throws Exception {
        Backup damaged = shop.backup();
        Files.delete(shop.archive(damaged));
        Path former = directory.resolve("former");
        Backup theirs;
        try (Shop other = new Shop(former, new InMemorySource("kasse2"))) {
            other.core().ports().destinations().add(1, stick);
            other.core().ports().routes().add(1, new ToPlace("medium"));
            theirs = other.backup();
            other.succeeds(other.core().send(Optional.of(theirs.id())));
        }
        shop.trust(former);
        shop.succeeds(shop.core().fetch(new Place("medium", "shop"), theirs.id(), Optional.empty()));

        assertThat(shop.core().list()).hasSize(2);
        assertThat(shop.core().lastDays(30)).containsExactly(new SavedDay(FIRST, 0, false));
    }

    @Test
    void areTheShopsWhateverTheHourOfTheServer() {
        shop.clock().advance(Duration.ofHours(11)); // 23:30 in Berlin
        shop.backup();
        shop.clock().advance(Duration.ofHours(1));
        shop.backup();

        assertThat(shop.core().lastDays(30))
                .containsExactly(new SavedDay(FIRST, 1, false), new SavedDay(FIRST.plusDays(1), 1, false));
    }

    private record ToPlace(String destination) implements TransferRoute {
        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return kind == BackupKind.MANUAL ? Optional.of("shop") : Optional.empty();
        }
    }
}
