package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say about backups. */
class RemarkTest {
    private static final Remark YEAR_END = new Remark(true, "Jahresabschluss 2026");

    private final InMemorySource source = new InMemorySource("kasse1");

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = opened();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void outlivesARestartAndWhateverHappensToTheBackup() throws Exception {
        Backup backup = shop.backup();

        assertThat(shop.core().remark(backup.id(), YEAR_END).remark()).isEqualTo(YEAR_END);

        shop.succeeds(shop.core().verify(backup.id()));
        shop.succeeds(shop.core().drill(Optional.of(backup.id())));
        shop.close();
        shop = opened();
        assertThat(shop.core().find(backup.id()).orElseThrow().remark()).isEqualTo(YEAR_END);
        Files.delete(shop.archive(backup));
        assertThat(shop.core().find(backup.id()).orElseThrow().remark()).isEqualTo(YEAR_END);
    }

    @Test
    void keepsABackupHoweverManyComeAndLetsItGoAgain() throws Exception {
        Backup kept = shop.backup();
        shop.core().remark(kept.id(), YEAR_END);
        for (int i = 0; i < 4; i++) {
            shop.backup();
        }
        assertThat(shop.core().list())
                .extracting(Backup::id)
                .contains(kept.id())
                .hasSize(3);
        assertThat(shop.archive(kept)).exists();

        shop.core().remark(kept.id(), Remark.NONE);
        assertThat(shop.core().goingNext(shop.core().list())).contains(kept.id());
        shop.backup();

        assertThat(shop.core().find(kept.id())).isEmpty();
        assertThat(shop.archive(kept)).doesNotExist();
    }

    @Test
    void keepsABackupAtTheDataCentreToo() throws Exception {
        InMemoryDestination centre = new InMemoryDestination("data-centre");
        Path folder = directory.resolve("sending");
        try (Shop sending = new Shop(folder, Shop.sending(folder, 1), source)) {
            sending.core().ports().destinations().add(1, centre);
            sending.core().ports().routes().add(1, new ToPlace("data-centre"));
            Backup kept = sent(sending);
            sending.core().remark(kept.id(), YEAR_END);
            Backup ordinary = sent(sending);
            Backup newest = sent(sending);

            assertThat(centre.files("shop").keySet())
                    .contains(kept.manifest().manifestName(), newest.manifest().manifestName())
                    .doesNotContain(ordinary.manifest().manifestName());
        }
    }

    private static Backup sent(Shop sending) {
        Backup backup = sending.backup();
        return sending.succeeds(sending.core().send(Optional.of(backup.id()))).backup();
    }

    @Test
    void isRefusedWhereThereIsNothingToSayItOf() {
        BackupId unknown = new BackupId("kasse1-2026-11-22T123000-000099");

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> shop.core().remark(unknown, YEAR_END))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.UnknownBackup(unknown.value())));
    }

    @Test
    void isNotSaidWhereItCannotBeWrittenDown() throws Exception {
        Backup backup = shop.backup();
        Path state = directory.resolve("backups").resolve(backup.id() + ".state.json");
        Files.deleteIfExists(state);
        Files.createDirectories(state.resolve("not-empty"));

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> shop.core().remark(backup.id(), YEAR_END))
                .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.FolderUnusable.class));
        assertThat(shop.core().find(backup.id()).orElseThrow().remark()).isEqualTo(Remark.NONE);
    }

    private Shop opened() {
        Path folder = directory.resolve("backups");
        return new Shop(folder, Shop.settings(folder, new Reserve(0, 0), 2), source);
    }

    private record ToPlace(String destination) implements TransferRoute {
        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return kind == BackupKind.MANUAL ? Optional.of("shop") : Optional.empty();
        }
    }
}
