package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import de.joecash.backup.testkit.Vsftpd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A demo host whose data centre is a real FTP server on loopback. */
abstract class DataCentreScenario {
    static final String RECEIPTS = "2000";

    @TempDir
    private Path directory;

    private Vsftpd server;
    private Path passwordFile;

    @BeforeEach
    void setUp() throws IOException {
        server = new Vsftpd(Files.createDirectory(directory.resolve("data-centre")));
        passwordFile = Files.createFile(
                directory.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, Vsftpd.PASSWORD + "\n");
        // vsftpd's own user has to reach its home.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void tearDown() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    Vsftpd server() {
        return server;
    }

    Path directory() {
        return directory;
    }

    /** A data directory of its own for each name. */
    Path data(String name) {
        return directory.resolve(name);
    }

    /** The command that makes the server a host's data centre. */
    String pointed(String how) {
        return "pos:data-centre 127.0.0.1 " + server.port() + " " + Vsftpd.USER + " " + passwordFile + " " + how;
    }

    /**
     * Commands after which a transfer that failed is tried again after so many seconds, and not after a minute: the
     * core's configuration, changed as an administrator would. The last ones of a script, for the core starts anew.
     */
    static String retrying(int seconds) {
        return "; admin = ($.context getService"
                + " ($.context getServiceReference org.osgi.service.cm.ConfigurationAdmin))"
                + "; core = ($admin getConfiguration de.joecash.backup.core '?')"
                + "; settings = ($core getProperties)"
                + "; $settings put retrySeconds \"" + seconds + "\""
                + "; $core update $settings";
    }

    /** What {@code fetch} is told to reach it. */
    List<String> address(String path) {
        return List.of(
                "--from",
                "ftp://127.0.0.1:" + server.port() + "/" + path,
                "--user",
                Vsftpd.USER,
                "--password-file",
                passwordFile.toString(),
                "--cleartext");
    }

    /** Runs commands in a host of their own, which must be good; gives what they printed. */
    String exec(Path data, String script) throws IOException, InterruptedException {
        DemoHost.Ended ended = DemoHost.exec(data, script, "--receipts", RECEIPTS);
        assertThat(ended.code())
                .as("%s: %s%s", script, ended.out(), ended.err())
                .isZero();
        return ended.out();
    }

    /** Every file that the data centre has of a backup, or of any backup whose name begins so. */
    List<String> there(String id) {
        try {
            return LiveFiles.below(server.home()).stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(id))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What waits to be sent of a backup: automatic ones come and go beside it. */
    static List<JsonObject> waiting(DemoHost host, String id, String language) {
        return host.queue(language).stream()
                .filter(entry -> entry.get("backup").getAsString().equals(id))
                .toList();
    }

    /** How many lines of the server's log say something. */
    long logged(String what) throws IOException {
        return server.log().stream().filter(line -> line.contains(what)).count();
    }

    /** The backup is there, once, whole, with its manifest and nothing else; the host knows, and waits for nothing. */
    void assertArrivedOnce(DemoHost host, String id, String path) throws Exception {
        List<String> names = there(id);
        assertThat(names).hasSize(4).contains(id + ".json", id + ".parts.json");
        for (String content : List.of(".sql", ".files.tar")) {
            Delivered.assertThere(server().home().resolve(path), id, content, host);
        }
        for (String name : names) {
            assertThat(server().log().stream().filter(line -> line.contains("OK UPLOAD") && line.contains(name)))
                    .as("uploads of %s", name)
                    .hasSize(1);
        }
        assertThat(waiting(host, id, DemoHost.ENGLISH)).isEmpty();
        JsonObject backup = host.backupList().stream()
                .filter(one -> one.get("id").getAsString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(backup.getAsJsonArray("copies")).hasSize(1);
        JsonObject copy = backup.getAsJsonArray("copies").get(0).getAsJsonObject();
        assertThat(copy.get("offServer").getAsBoolean()).isTrue();
        assertThat(copy.getAsJsonObject("place").get("destination").getAsString())
                .isEqualTo("data-centre");
        assertThat(copy.getAsJsonObject("place").get("directory").getAsString()).isEqualTo(path);
    }

    /** Waits for an entry of the queue, and gives it. */
    static JsonObject awaitEntry(DemoHost host, Predicate<JsonObject> wanted) {
        return awaitEntry(host, DemoHost.ENGLISH, wanted);
    }

    static JsonObject awaitEntry(DemoHost host, String language, Predicate<JsonObject> wanted) {
        return DemoHost.await(
                "an entry of the queue",
                () -> host.queue(language).stream().filter(wanted).findFirst().orElse(null));
    }

    static boolean is(JsonObject entry, String state) {
        return entry.get("state").getAsString().equals(state);
    }

    static void awaitSent(DemoHost host, String id) {
        DemoHost.await(id + " sent", () -> waiting(host, id, DemoHost.ENGLISH).isEmpty() ? true : null);
    }

    /** Says a problem as the page does. */
    static String words(JsonObject problem) {
        return problem.get("cause").getAsString() + " "
                + problem.get("consequence").getAsString() + " "
                + problem.get("nextStep").getAsString();
    }

    /** What must go wrong with "Backup an FTP", in both languages. */
    record Refusal(String code, String english, String german) {}

    static Refusal refusedSend(DemoHost host) {
        String run = host.begin("send", "{}");
        JsonObject ended = host.end(run);
        assertThat(ended.has("problem")).as(ended.toString()).isTrue();
        return new Refusal(
                ended.getAsJsonObject("problem").get("code").getAsString(),
                words(ended.getAsJsonObject("problem")),
                words(host.run(run, DemoHost.GERMAN).getAsJsonObject("problem")));
    }
}
