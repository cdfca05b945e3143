package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.OpenSsh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A till on a database server burnt; what is left is the data centre and the sheet. Its books come back in three ways,
 * each to the same rows: by the stand-alone command, by standard tools alone, and on a new till.
 */
class FetchIT extends DataCentreScenario {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    private Path servers;

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void theBooksComeBackFromTheDataCentreAlone(String kind) throws Exception {
        try (TillServer databases = TillServer.start(kind, servers)) {
            Path burnt = data("burnt");
            server().start();
            List<String> options = new ArrayList<>(List.of(databases.options()));
            options.addAll(List.of("--receipts", RECEIPTS));
            DemoHost.Ended till = DemoHost.exec(
                    burnt,
                    pointed("cleartext") + "; backup:settings 01.1 F; backup:settings 01.2 tills/salon"
                            + "; backup:create; backup:send; backup:keys",
                    options.toArray(String[]::new));
            assertThat(till.code()).as(till.out() + till.err()).isZero();
            String mark = mark(till.out());
            Path key = burnt.resolve("demo/vendor.key");
            String id = sent();

            refusesWithoutMarkOrKey(mark, id);
            leavesNothingOpenedWhereItIsEndedByCtrlC(mark, key, id);
            Path fetched = kind.equals("mariadb")
                    ? fetchedOverSftp(id, mark, key)
                    : fetched(address("tills/salon"), id, mark, key);
            databases.restoreByTool(fetched.resolve(id + ".sql.gz"), "kasse_fetched", directory());
            Map<String, Table> restored = Tables.read(databases.open("kasse_fetched"), Long.MAX_VALUE);
            long newest = restored.get("PUBLIC.RECEIPT").rows();
            assertThat(newest).isGreaterThanOrEqualTo(Long.parseLong(RECEIPTS));
            assertThat(restored)
                    .as("fetched, and the burnt till's own tables up to the last receipt of the dump")
                    .isEqualTo(Tables.read(databases.open("kasse"), newest));

            databases.restoreByTool(opened(id, key), "kasse_age", directory());
            assertThat(Tables.read(databases.open("kasse_age"), Long.MAX_VALUE))
                    .as("by age, gunzip and the server's client alone")
                    .isEqualTo(restored);

            assertThat(Tables.read(databases.open(onANewTill(databases, id, mark, key)), newest))
                    .as("on a new till")
                    .isEqualTo(restored);
            lastIsNotWhatAnotherTillSentSince(mark, key, id);
        }
    }

    private String sent() throws IOException {
        List<String> manual = manual();
        assertThat(manual).hasSize(1);
        return manual.get(0);
    }

    private List<String> manual() throws IOException {
        try (Stream<Path> files = Files.list(server().home().resolve("tills/salon"))) {
            List<String> manual = new ArrayList<>();
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.matches("[^.]+\\.json") && Files.readString(file).contains("\"MANUAL\"")) {
                    manual.add(name.replace(".json", ""));
                }
            }
            return manual;
        }
    }

    private static String mark(String keys) {
        Matcher mark = Pattern.compile("[2-9A-Z]{4}(-[2-9A-Z]{4}){5}").matcher(keys);
        assertThat(mark.find()).as(keys).isTrue();
        return mark.group();
    }

    private void refusesWithoutMarkOrKey(String mark, String id) throws Exception {
        Path nowhere = directory().resolve("refused");
        try (TillProcess list = run(nowhere)) {
            assertThat(list.exitCode(LIMIT)).as(list.err()).isZero();
            assertThat(list.out()).contains(id, "of another till", mark);
        }
        try (TillProcess unknown = run(nowhere, id)) {
            assertThat(unknown.exitCode(LIMIT)).isEqualTo(1);
            assertThat(unknown.err()).contains(mark, "--fingerprint");
        }
        try (TillProcess closed = run(nowhere, id, "--fingerprint", mark)) {
            assertThat(closed.exitCode(LIMIT)).isEqualTo(1);
            assertThat(closed.err()).contains("encrypted", "--key -").doesNotContain("Exception", "--fingerprint");
            assertThat(closed.out()).doesNotContain("from now on");
        }
        String others = "AAAA-Q4CJ-39WR-GAEW-U3EA-AHLE";
        try (TillProcess other = run(nowhere, id, "--fingerprint", others)) {
            assertThat(other.exitCode(LIMIT)).isEqualTo(1);
            assertThat(other.err()).contains(mark, others, "that of another till");
        }
        Path mistyped = Files.writeString(directory().resolve("mistyped"), "AGE-SECRET-KEY-1MISTYPED");
        try (TillProcess wrong = run(nowhere, id, "--fingerprint", mark, "--key", mistyped.toString())) {
            assertThat(wrong.exitCode(LIMIT)).isEqualTo(1);
            assertThat(wrong.err()).contains("This is no key").doesNotContain("not known");
        }
        assertThat(nowhere).isEmptyDirectory();
    }

    /** A new machine makes a backup of its own at once, and sends it into the same directory. */
    private void lastIsNotWhatAnotherTillSentSince(String mark, Path key, String id) throws Exception {
        DemoHost.Ended other = DemoHost.exec(
                data("other"),
                pointed("cleartext") + "; backup:settings 01.1 F; backup:settings 01.2 tills/salon"
                        + "; backup:create; backup:send",
                "--receipts",
                "100");
        assertThat(other.code()).as(other.out() + other.err()).isZero();
        List<String> theirs = new ArrayList<>(manual());
        theirs.remove(id);
        assertThat(theirs).hasSize(1);

        Path into = directory().resolve("last");
        try (TillProcess fetch = run(into, theirs.get(0), "--fingerprint", mark, "--key", key.toString())) {
            assertThat(fetch.exitCode(LIMIT)).isEqualTo(1);
            assertThat(fetch.err()).contains("This backup is another till's", mark, id);
        }
        try (TillProcess fetch = run(into, "last", "--fingerprint", mark, "--key", key.toString())) {
            assertThat(fetch.exitCode(LIMIT)).as(fetch.err()).isZero();
            assertThat(fetch.out()).contains(theirs.get(0), "left out");
        }
        assertThat(into).isNotEmptyDirectory();
        assertThat(into.resolve(theirs.get(0) + ".sql.gz")).doesNotExist();
    }

    /** Right after it was opened and verified, and before anybody got it. */
    private void leavesNothingOpenedWhereItIsEndedByCtrlC(String mark, Path key, String id) throws Exception {
        Path into = directory().resolve("ended");
        Breakpoint opened = Breakpoint.at(
                Breakpoint.Step.into("de.joecash.backup.core.internal.catalogue.BackupFolder", "publish"));
        String[] arguments =
                arguments(address("tills/salon"), into, id, "--fingerprint", mark, "--key", key.toString());
        try (TillProcess fetch = TillProcess.start(opened.environment(), arguments)) {
            opened.await(LIMIT);
            try (Stream<Path> files = Files.walk(into)) {
                assertThat(files).anyMatch(file -> file.toString().endsWith(".sql.gz.part"));
            }
            fetch.terminate();
            assertThat(fetch.exitCode(LIMIT)).as(fetch.err()).isEqualTo(128 + 15);
            assertThat(fetch.err()).contains("The fetch was ended");
        }
        assertThat(into).isEmptyDirectory();
    }

    /** On an empty directory, by its number; gives where it is. */
    private Path fetched(List<String> address, String id, String mark, Path key) throws Exception {
        Path into = directory().resolve("new machine");
        String number = id.replaceFirst("^.*-0*", "");
        String[] arguments = arguments(address, into, number, "--fingerprint", mark, "--key", key.toString());
        try (TillProcess fetch = TillProcess.start(arguments)) {
            assertThat(fetch.exitCode(LIMIT)).as(fetch.out() + fetch.err()).isZero();
            assertThat(fetch.out()).contains(into.resolve(id + ".sql.gz").toString(), "gunzip -c " + id);
            assertThat(fetch.err()).isEmpty();
        }
        try (Stream<Path> files = Files.list(into)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(id + ".sql.gz", id + ".files.tar.gz", id + ".json");
        }
        return into;
    }

    /** The same files, at a server of the other kind. */
    private Path fetchedOverSftp(String id, String mark, Path key) throws Exception {
        try (OpenSsh ssh = new OpenSsh(Files.createDirectory(directory().resolve("ssh")))) {
            Path salon = Files.createDirectory(ssh.home().resolve("tills/salon"));
            ssh.give(salon);
            try (Stream<Path> files = Files.list(server().home().resolve("tills/salon"))) {
                for (Path file : files.toList()) {
                    ssh.give(Files.copy(file, salon.resolve(file.getFileName())));
                }
            }
            ssh.start();
            List<String> address = List.of(
                    "--from",
                    "sftp://127.0.0.1:" + ssh.port() + "/tills/salon",
                    "--user",
                    ssh.user(),
                    "--login-key",
                    ssh.userKey().toString(),
                    "--host-key",
                    ssh.fingerprint());
            return fetched(address, id, mark, key);
        }
    }

    private TillProcess run(Path into, String... more) {
        return TillProcess.start(arguments(address("tills/salon"), into, more));
    }

    private static String[] arguments(List<String> address, Path into, String... more) {
        List<String> all = new ArrayList<>(List.of("fetch"));
        all.addAll(address);
        all.addAll(List.of("--into", into.toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Path opened(String id, Path key) throws Exception {
        Path opened = directory().resolve("opened.gz");
        Process age = new ProcessBuilder(
                        "age",
                        "-d",
                        "-i",
                        key.toString(),
                        "-o",
                        opened.toString(),
                        server().home()
                                .resolve("tills/salon/" + id + ".sql.gz.age")
                                .toString())
                .inheritIO()
                .start();
        assertThat(age.waitFor()).isZero();
        return opened;
    }

    /** Gives the name of its live database. */
    private String onANewTill(TillServer databases, String id, String mark, Path key) throws Exception {
        List<String> options = new ArrayList<>(List.of(databases.options("kasse_new")));
        options.addAll(List.of("--receipts", "100"));
        DemoHost.Ended ended = DemoHost.exec(
                data("new"),
                "pos:entitle +Backup off; " + pointed("cleartext") + "; backup:trust " + mark
                        + "; backup:fetch data-centre:tills/salon " + id + " --key " + key + "; backup:restore " + id,
                options.toArray(String[]::new));
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        return Files.readString(data("new").resolve("till/current")).split(" ", 2)[0];
    }
}
