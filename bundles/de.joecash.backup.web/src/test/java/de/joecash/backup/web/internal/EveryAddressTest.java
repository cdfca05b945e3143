package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRetention;
import de.joecash.backup.testkit.Samples;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds at every address that there is, so that a new one is not forgotten. */
class EveryAddressTest {
    private static final String API = "/api/v1";
    private static final String CSP =
            "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private static final Backup KNOWN =
            Samples.backup(1, BackupKind.MANUAL, ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneOffset.UTC));

    private final FakeBackupService backups = new FakeBackupService();
    private final BackupServlet servlet = new BackupServlet(backups, new FakeRetention());

    EveryAddressTest() {
        backups.backups.add(KNOWN);
    }

    static Stream<String> posts() {
        return addresses("POST");
    }

    static Stream<String> gets() {
        return addresses("GET");
    }

    static Stream<String> files() {
        return PageFiles.names().stream().map(name -> "/" + name);
    }

    private static Stream<String> addresses(String method) {
        Endpoints endpoints = new Endpoints(Boards.of(new FakeBackupService()), "");
        return endpoints.paths().stream()
                .filter(path -> endpoints.methods(path).contains(method))
                .sorted();
    }

    @Test
    void thereAreAsManyAsThisTestThinks() {
        assertThat(posts()).hasSize(23);
        assertThat(gets()).hasSize(11);
        assertThat(files()).hasSize(16);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void isClosedToPagesOfOthers(String path) throws Exception {
        refused(Exchange.post(API + path, "{}").with("Sec-Fetch-Site", "cross-site"), 403, "FOREIGN");
        refused(Exchange.post(API + path, "{}").with("Sec-Fetch-Site", "same-site"), 403, "FOREIGN");
        refused(Exchange.post(API + path, "{}").with("X-JoeCash", "0"), 403, "FOREIGN");
        refused(Exchange.post(API + path, "{}").with("Content-Type", "text/plain"), 415, "NOT_JSON");
        refused(Exchange.post(API + path, " ".repeat(4097)), 413, "TOO_LARGE");
        assertThat(backups.runs).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("gets")
    void isNotReadByPagesOfOthers(String path) throws Exception {
        refused(Exchange.get(API + path).with("Sec-Fetch-Site", "cross-site"), 403, "FOREIGN");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void changesNothingForCashiers(String path) throws Exception {
        String role = managers(path) ? "MANAGER" : "ADMINISTRATOR";
        refused(Exchange.post(API + path, "{}").as(Role.CASHIER), 403, role);
        assertThat(backups.runs).isEmpty();
        if (managers(path)) {
            assertThat(Exchange.post(API + path, "{}").as(Role.MANAGER).at(servlet).status)
                    .isNotEqualTo(403);
        } else {
            refused(Exchange.post(API + path, "{}").as(Role.MANAGER), 403, role);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/state, CASHIER",
        "/backups, CASHIER",
        "/days, CASHIER",
        "/texts, CASHIER",
        "/places, ADMINISTRATOR",
        "/keys, ADMINISTRATOR",
        "/retention, ADMINISTRATOR",
        "/lost, ADMINISTRATOR",
        "/archive, ADMINISTRATOR"
    })
    void isReadByThoseItIsFor(String path, Role least) throws Exception {
        for (Role role : Role.values()) {
            assertThat(Exchange.get(API + path)
                            .query(
                                    List.of("/lost", "/archive").contains(path)
                                            ? "backup=" + KNOWN.id().value()
                                            : null)
                            .as(role)
                            .at(servlet)
                            .status)
                    .as(role.name())
                    .isEqualTo(role.compareTo(least) >= 0 ? 200 : 403);
        }
    }

    @ParameterizedTest
    @MethodSource("gets")
    void isKeptByNobody(String path) throws Exception {
        assertThat(Exchange.get(API + path).at(servlet).answered)
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Security-Policy", CSP);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isServedLockedDown(String path) throws Exception {
        Exchange file = Exchange.get(path).as(Role.CASHIER).at(servlet);

        assertThat(file.status).isEqualTo(200);
        assertThat(file.answered)
                .containsEntry("Content-Security-Policy", CSP)
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Cache-Control", "no-cache");
        assertThat(file.answered.get("Content-Type")).matches("(text|image|application)/.*");
        assertThat(Exchange.post(path, "{}").at(servlet).status).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({"de, Das dürfen nur Administratoren.", "en, Only administrators may do this."})
    void saysWhoMay(Locale locale, String words) throws Exception {
        Exchange refused =
                Exchange.post(API + "/sheet", "{}").as(Role.MANAGER).in(locale).at(servlet);

        assertThat(refused.string("cause")).isEqualTo(words);
    }

    private static boolean managers(String path) {
        return Stream.of(
                        "/backups",
                        "/verify",
                        "/drill",
                        "/send",
                        "/remark",
                        "/nothing-lost",
                        "/pause",
                        "/resume",
                        "/cancel")
                .anyMatch(path::equals);
    }

    private void refused(Exchange exchange, int status, String code) throws Exception {
        Exchange answer = exchange.at(servlet);
        assertThat(answer.status).isEqualTo(status);
        assertThat(answer.string("code")).isEqualTo(code);
        assertThat(answer.object().keySet()).contains("cause", "consequence", "nextStep");
    }
}
