package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The host and its data centre, when one of the two, the network or +Backup is not there. */
class DataCentreIT extends DataCentreScenario {
    /** Slow enough to be met in the middle of a backup of {@link #RECEIPTS}. */
    private static final int SLOW = 8_000;

    /** Seconds until the first retry; each further one waits twice as long. */
    private static final int SOON = 3;

    private static final String WAITS_EN = "What is to be sent is kept on the server and waits in the queue.";
    private static final String WAITS_DE =
            "Was zu übertragen ist, bleibt auf dem Server und wartet in der Warteschlange.";

    @Test
    void sendsOnceWhenTheServerIsBackAfterAPowerCutHere() throws Exception {
        Path data = data("till");
        exec(data, pointed("cleartext"));
        String id;
        try (DemoHost host = DemoHost.start(data)) {
            id = unreachable(host, "tills/kasse1");
            assertThat(host.stop()).isZero();
        }
        try (DemoHost host = DemoHost.start(data)) {
            assertWaiting(host, id);
            host.kill();
        }
        server().start();
        try (DemoHost host = DemoHost.start(data)) {
            host.succeed("send", "{}");
            assertArrivedOnce(host, id, "tills/kasse1");
        }
    }

    @Test
    void sendsByItselfWhenTheServerIsBackAndKeepsItsSettingsMeanwhile() throws Exception {
        Path data = data("till");
        exec(data, pointed("cleartext") + retrying(SOON));
        String id;
        try (DemoHost host = DemoHost.start(data)) {
            id = unreachable(host, "tills/kasse1");
            assertThat(host.stop()).isZero();
        }
        try (DemoHost host = DemoHost.start(data)) {
            assertWaiting(host, id);
            assertThat(host.backupList())
                    .extracting(one -> one.get("id").getAsString())
                    .contains(id);
            String settings = host.get("/pos/api/settings").toString();
            assertThat(settings).contains("\"tills/kasse1\"").contains("\"F\"");
            server().start();
            awaitSent(host, id);
            assertArrivedOnce(host, id, "tills/kasse1");
        }
    }

    @Test
    void sendsByItselfAfterADayWithoutALine() throws Exception {
        Path data = data("till");
        exec(data, pointed("cleartext") + retrying(SOON));
        String id;
        try (DemoHost host = DemoHost.start(data)) {
            id = unreachable(host, "tills/kasse1");
            assertThat(host.stop()).isZero();
        }
        try (DemoHost host = DemoHost.startADayLater(data)) {
            assertWaiting(host, id);
            assertThat(host.stop()).isZero();
        }
        server().start();
        try (DemoHost host = DemoHost.startADayLater(data)) {
            awaitSent(host, id);
            assertArrivedOnce(host, id, "tills/kasse1");
        }
    }

    /** Makes a backup, fails to send it, and gives its name. */
    private static String unreachable(DemoHost host, String path) {
        host.settings("F", path);
        String id = host.backup();
        Refusal refusal = refusedSend(host);
        assertThat(refusal.code()).isEqualTo("ServerUnreachable");
        assertThat(refusal.english())
                .startsWith("\"JoeCash data centre\" cannot be reached (")
                .contains(WAITS_EN);
        assertThat(refusal.german())
                .startsWith("„JoeCash-Rechenzentrum“ ist nicht erreichbar (")
                .contains(WAITS_DE);
        assertWaiting(host, id);
        return id;
    }

    /** Each time looked at once: between two looks it may be tried again. */
    private static void assertWaiting(DemoHost host, String id) {
        Predicate<JsonObject> waits =
                one -> is(one, "WAITING") && one.get("backup").getAsString().equals(id);
        JsonObject entry = awaitEntry(host, waits);
        assertThat(entry.has("next")).isTrue();
        assertThat(words(entry.getAsJsonObject("problem"))).contains(WAITS_EN);
        assertThat(words(awaitEntry(host, DemoHost.GERMAN, waits).getAsJsonObject("problem")))
                .contains(WAITS_DE);
    }

    @Test
    void leavesNothingHalfThereWhenThePowerIsCutInTheMiddleOfSending() throws Exception {
        Path data = data("till");
        server().start(SLOW);
        exec(data, pointed("cleartext") + retrying(SOON));
        String id;
        try (DemoHost host = DemoHost.start(data)) {
            host.settings("F", "tills/kasse1");
            id = host.backup();
            host.begin("send", "{}");
            awaitPart(id);
            host.kill();
        }
        server().stop();
        assertThat(there(id)).noneMatch(name -> name.endsWith(".age") || name.endsWith(".json"));
        server().start();
        try (DemoHost host = DemoHost.start(data)) {
            awaitSent(host, id);
            assertArrivedOnce(host, id, "tills/kasse1");
        }
    }

    /** @param beginning of the file's name */
    private void awaitPart(String beginning) {
        DemoHost.await(
                "the first bytes at the data centre",
                () -> LiveFiles.below(server().home()).stream()
                                .anyMatch(file -> file.getFileName().toString().startsWith(beginning)
                                        && file.toString().endsWith(".part")
                                        && file.toFile().length() > 0)
                        ? true
                        : null);
    }

    @Test
    void holdsAnAutomaticTransferWhilePlusIsNotBooked() throws Exception {
        Path data = data("till");
        server().start(SLOW);
        exec(data, pointed("cleartext") + "; pos:close-day");
        String id;
        try (DemoHost host = DemoHost.start(data)) {
            // Automatic backups go to the data centre whatever a person's go to.
            host.settings(
                    "L", Files.createDirectory(directory().resolve("usb0")).toString());
            JsonObject entry = awaitEntry(host, one -> is(one, "SENDING"));
            id = entry.get("backup").getAsString();
            awaitPart("");
            host.book(false);
            assertHeld(host, id);
            assertThat(host.stop()).isZero();
        }
        server().stop();
        server().start();
        long connections = logged("CONNECT");
        try (DemoHost host = DemoHost.start(data)) {
            assertHeld(host, id);
            assertThat(logged("CONNECT")).as("connections").isEqualTo(connections);
            host.book(true);
            awaitSent(host, id);
            assertArrivedOnce(host, id, "");
        }
    }

    private static void assertHeld(DemoHost host, String id) {
        JsonObject entry = awaitEntry(
                host,
                one -> is(one, "WAITING") && one.get("backup").getAsString().equals(id));
        assertThat(words(entry.getAsJsonObject("problem")))
                .isEqualTo("+Backup is not booked at present. The backup is kept on the server and waits. It is sent"
                        + " as soon as +Backup is booked again; a copy to a medium is possible at any time.");
        assertThat(words(waiting(host, id, DemoHost.GERMAN).get(0).getAsJsonObject("problem")))
                .isEqualTo("+Backup ist zurzeit nicht gebucht. Die Sicherung bleibt auf dem Server und wartet. Sie"
                        + " wird übertragen, sobald +Backup wieder gebucht ist; eine Kopie auf ein Medium ist"
                        + " jederzeit möglich.");
    }

    @Test
    void getsTheBooksBackOnANewMachineWithoutPlus() throws Exception {
        Path burnt = data("burnt");
        server().start();
        exec(burnt, pointed("cleartext") + "; backup:create; backup:send");
        String id = sentByHand();

        DemoHost.Ended ended = DemoHost.exec(
                data("new"),
                "pos:entitle +Backup off; " + pointed("cleartext")
                        + "; backup:remote data-centre; backup:trust " + mark(burnt)
                        + "; backup:fetch data-centre " + id + " --key "
                        + burnt.resolve("demo/vendor.key") + "; backup:restore " + id
                        + "; pos:sales",
                "--receipts",
                "100");

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains(id);
        assertThat(receipts(ended.out())).isGreaterThanOrEqualTo(Long.parseLong(RECEIPTS));
    }

    /** What stands on the recovery sheet of the till that burnt. */
    private static String mark(Path data) throws Exception {
        String keys = DemoHost.exec(data, "backup:keys").out();
        Matcher mark = Pattern.compile("[2-9A-Z]{4}(-[2-9A-Z]{4}){5}").matcher(keys);
        assertThat(mark.find()).as(keys).isTrue();
        return mark.group();
    }

    /** By its manifest: automatic ones may lie beside it. */
    private String sentByHand() throws IOException {
        for (String name : there("")) {
            Path file = server().home().resolve(name);
            if (name.endsWith(".json") && Files.readString(file).contains("\"MANUAL\"")) {
                return name.replace(".json", "");
            }
        }
        throw new AssertionError("No manual backup in " + there(""));
    }

    private static long receipts(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("Receipts"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void getsTheBooksBackOnThePageFromTheDirectoryAtTheDataCentre() throws Exception {
        Path burnt = data("burnt");
        server().start();
        exec(
                burnt,
                pointed("cleartext")
                        + "; backup:settings 01.1 F; backup:settings 01.2 tills/salon; backup:create; backup:send");
        Path fresh = data("new");
        DemoHost.exec(
                fresh,
                "pos:entitle +Backup off; backup:trust " + mark(burnt) + "; " + pointed("cleartext"),
                "--receipts",
                "100");
        try (DemoHost host = DemoHost.start(fresh)) {
            assertThat(host.receipts()).isLessThan(Long.parseLong(RECEIPTS));
            host.settings("F", "tills/salon");
            JsonObject place = DemoHost.await("the data centre's directory among the places", () -> {
                for (JsonElement one : host.get("/backup/api/v1/places").getAsJsonArray()) {
                    if (one.getAsJsonObject().get("directory").getAsString().equals("tills/salon")) {
                        return one.getAsJsonObject();
                    }
                }
                return null;
            });
            JsonElement remote =
                    host.post("/backup/api/v1/remote", place.toString()).body();
            assertThat(remote.getAsJsonArray()).as("backups there").isNotEmpty();
            String id =
                    remote.getAsJsonArray().get(0).getAsJsonObject().get("id").getAsString();
            place.addProperty("backup", id);
            assertThat(host.end(host.begin("fetch", place.toString()))
                            .getAsJsonObject("problem")
                            .get("code")
                            .getAsString())
                    .isEqualTo("KeyMissing");
            place.addProperty("key", Files.readString(Delivered.key(host)).replaceAll("(?m)^#.*$", ""));
            host.succeed("fetch", place.toString());
            host.succeed("restore", "{\"backup\":\"" + id + "\",\"confirm\":\"RESTORE\"}");
            host.awaitReceipts(Long.parseLong(RECEIPTS));
        }
    }

    @Test
    void sendsNothingInTheClearUnlessThatIsAllowed() throws Exception {
        Path data = data("till");
        server().start();
        exec(data, pointed(""));
        long logins = logged("LOGIN");
        String id;
        try (DemoHost host = DemoHost.start(data)) {
            id = host.backup();
            assertThat(refusedSend(host))
                    .isEqualTo(new Refusal(
                            "CleartextRefused",
                            "The connection to \"JoeCash data centre\" is not encrypted, and sending"
                                    + " customers' data in the clear is not allowed. Nothing was"
                                    + " transferred; the backups on the server are unchanged. Please have your dealer set up an"
                                    + " encrypted connection, or allow clear text for it expressly.",
                            "Die Verbindung zu „JoeCash-Rechenzentrum“ ist nicht verschlüsselt, und"
                                    + " Kundendaten im Klartext zu senden ist nicht erlaubt. Es wurde nichts"
                                    + " übertragen; die Sicherungen auf dem Server sind unverändert. Bitte lassen Sie von"
                                    + " Ihrem Händler eine verschlüsselte Verbindung einrichten oder Klartext"
                                    + " dafür ausdrücklich erlauben."));
            assertThat(host.stop()).isZero();
        }
        assertThat(logged("LOGIN")).as("logins, for which a password is sent").isEqualTo(logins);
        assertThat(there("")).isEmpty();

        exec(data, pointed("cleartext") + "; backup:send");
        try (DemoHost host = DemoHost.start(data)) {
            assertArrivedOnce(host, id, "");
        }
    }
}
