package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.HostSales;
import de.joecash.backup.Sales;
import de.joecash.backup.Status;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRetention;
import de.joecash.backup.testkit.Samples;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in no backup yet, and what a restore would take away. */
class LostSalesTest {
    private static final ZonedDateTime SEVEN = ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.of("Europe/Berlin"));
    private static final String ID = "kasse1-2026-11-22T070000-000042";

    private final FakeBackupService backups = new FakeBackupService();
    private final Backup newest = Samples.backup(42, BackupKind.MANUAL, SEVEN);
    private HostSales host = from -> from.equals(SEVEN.toInstant())
            ? Optional.of(new Sales(87, new BigDecimal("4210.50"), Currency.getInstance("EUR")))
            : Optional.empty();

    @Test
    void theStateTellsWhatIsInNoBackupYetAndTheTurnoverToManagersOnly() {
        haveABackup();

        assertThat(ask("/state", "", Role.MANAGER).body())
                .contains("\"unsaved\":{\"receipts\":87,\"turnover\":4210.50,\"currency\":\"EUR\"}");
        assertThat(ask("/state", "", Role.CASHIER).body()).contains("\"unsaved\":{\"receipts\":87}");
    }

    @Test
    void theStateSaysNothingWhereThereIsNoBackupOrNobodyKnows() {
        assertThat(ask("/state", "", Role.MANAGER).body()).doesNotContain("unsaved");
        haveABackup();
        host = from -> Optional.empty();
        assertThat(ask("/state", "", Role.MANAGER).body()).doesNotContain("unsaved");
    }

    @Test
    void ofWhatTheLiveDatabaseDidNotGrowOutOfAllThatIsThereWillBeLost() {
        haveABackup();
        host = from -> Optional.of(
                new Sales(from.equals(Instant.EPOCH) ? 3_000 : 5, BigDecimal.TEN, Currency.getInstance("EUR")));
        Backup replaced =
                Samples.backup(43, BackupKind.SAFETY, SEVEN.plusHours(1)).withLive(false);
        backups.backups.add(0, replaced);
        String asked = "backup=" + replaced.id();

        assertThat(ask("/lost", asked, Role.ADMINISTRATOR).body())
                .as("it holds the newest that both have")
                .contains("\"receipts\":5")
                .doesNotContain("all");
        assertThat(ask("/backups", "", Role.CASHIER).body()).containsOnlyOnce("\"replaced\":true");

        backups.backups.set(0, Samples.holding(replaced, 0).withLive(false));
        assertThat(ask("/lost", asked, Role.ADMINISTRATOR).body()).contains("\"receipts\":3000", "\"all\":true");
    }

    @Test
    void aRestoreTellsWhatWillBeLost() {
        haveABackup();

        assertThat(ask("/lost", "backup=" + ID, Role.ADMINISTRATOR).body())
                .isEqualTo("{\"receipts\":87,\"turnover\":4210.50,\"currency\":\"EUR\"}");
        host = from -> Optional.empty();
        assertThat(ask("/lost", "backup=" + ID, Role.ADMINISTRATOR)).isEqualTo(new Answered(200, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "backup=", "backup=..", "id=" + ID, "backup=" + ID + "&backup=" + ID})
    void refusesWhatNamesNoBackup(String query) {
        haveABackup();

        assertThat(ask("/lost", query, Role.ADMINISTRATOR).status()).isEqualTo(400);
    }

    @Test
    void saysThatThereIsNoSuchBackup() {
        assertThat(ask("/lost", "backup=" + ID, Role.ADMINISTRATOR).status()).isEqualTo(404);
    }

    private record Answered(int status, String body) {}

    private void haveABackup() {
        backups.backups.add(newest);
        backups.status = new Status(
                SEVEN.plusHours(1).toInstant(),
                Optional.of(newest),
                false,
                Optional.empty(),
                true,
                0,
                Optional.empty(),
                Optional.empty(),
                DrillStatus.none());
    }

    private Answered ask(String path, String query, Role role) {
        Clock clock = Clock.systemUTC();
        Board board = new Board(
                backups,
                new FakeRetention(),
                new RecentRuns(clock),
                new SoldSince(() -> Optional.of(host), clock),
                new Extras(Optional::empty, Optional::empty, Optional::empty));
        Reply reply = new Endpoints(board, "").answer("GET", path, query, new Reader(new Texts(Locale.ENGLISH), role));
        return new Answered(reply.status(), new Gson().toJson(reply.body()));
    }
}
