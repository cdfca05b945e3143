package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What "Backup an FTP" does, row by row, and what it says where it does nothing. */
class RoutingIT extends DataCentreScenario {
    private static final String NOTHING_SENT_EN =
            "Nothing was copied; the backups on the server are unchanged. Please ";
    private static final String NOTHING_SENT_DE =
            "Es wurde nichts kopiert; die Sicherungen auf dem Server sind unverändert. Bitte ";

    @Test
    void sendsWhereTheTableSays() throws Exception {
        Path data = data("till");
        server().start();
        exec(data, pointed("cleartext"));
        try (DemoHost host = DemoHost.start(data)) {
            JsonObject demo = host.get("/pos/api/overview").getAsJsonObject().getAsJsonObject("demo");
            assertThat(demo.get("address").getAsString()).isEqualTo("ftp://127.0.0.1:" + server().port());
            assertThat(demo.has("dataCentre")).as("a stand-in in %s", demo).isFalse();
            String id = host.backup();
            Path archive = host.backups().resolve(id + ".sql.gz");
            for (boolean plus : List.of(true, false)) {
                host.book(plus);
                for (String kind : List.of("L", "X")) {
                    Path medium = Files.createDirectory(directory().resolve("usb-" + plus + kind));
                    host.settings(kind, medium.toString());
                    host.succeed("send", "{}");
                    assertThat(medium.resolve(id + ".sql.gz")).hasSameBinaryContentAs(archive);
                    assertThat(there(id)).isEmpty();
                }
            }
            host.book(true);
            for (Map.Entry<String, String> row :
                    Map.of("", "tills/none", "F", "tills/F").entrySet()) {
                host.settings(row.getKey(), row.getValue());
                host.succeed("send", "{}");
                Delivered.assertThere(server().home().resolve(row.getValue()), id, ".sql", host);
            }
            host.settings("F", "");
            host.succeed("send", "{}");
            Delivered.assertThere(server().home(), id, ".sql", host);
            host.book(false);
            for (String kind : List.of("", "F")) {
                host.settings(kind, "tills/late");
                assertThat(refusedSend(host))
                        .isEqualTo(new Refusal(
                                "NoRoute",
                                "Local backups are not allowed (01.1 is empty or \"F\"), and +Backup is not"
                                        + " booked. Nothing was sent; the backups on the server are unchanged."
                                        + " Please set 01.1 \"Backup: Art des lokalen Backups\" to \"L\" and"
                                        + " 01.2 to the path of your medium, or book +Backup.",
                                "Lokale Sicherungen sind nicht erlaubt (01.1 ist leer oder „F“), und +Backup"
                                        + " ist nicht gebucht. Es wurde nichts übertragen; die Sicherungen auf"
                                        + " dem Server sind unverändert. Bitte stellen Sie 01.1 „Backup: Art"
                                        + " des lokalen Backups“ auf „L“ und 01.2 auf den Pfad Ihres Mediums,"
                                        + " oder buchen Sie +Backup."));
            }
            assertThat(server().home().resolve("tills/late")).doesNotExist();
            assertThat(waiting(host, id, DemoHost.ENGLISH)).isEmpty();
        }
    }

    @Test
    void refusesAMediumThatIsNoneAndLeavesEverythingAsItWas() throws Exception {
        Path data = data("till");
        try (DemoHost host = DemoHost.start(data, "--receipts", RECEIPTS)) {
            host.settings("L", directory().resolve("gone").toString());
            assertThat(refusedSend(host).english())
                    .isEqualTo("There is no good manual backup that could be sent."
                            + " Nothing was sent. Please make a backup first (\"Datensicherung\").");
            String id = host.backup();
            refuses(
                    host,
                    "",
                    "No path is set for the medium (01.2 is empty). ",
                    "Für das Medium ist kein Pfad eingetragen (01.2 ist leer). ");
            String gone = directory().resolve("gone").toString();
            refuses(host, gone, gone + " does not exist on the server. ", gone + " gibt es auf dem Server nicht. ");
            Path file = directory().resolve("file");
            host.settings("L", file.toString());
            Files.createFile(file);
            refuses(host, file + " is not a folder. ", file + " ist kein Ordner. ");
            refuses(host, "/proc", "/proc cannot be written to. ", "/proc kann nicht beschrieben werden. ");
            for (Path folder : List.of(
                    host.backups(),
                    Files.createDirectory(host.backups().resolve("usb")),
                    host.backups().getParent())) {
                refuses(
                        host,
                        folder.toString(),
                        folder + " is the backup folder itself, or lies inside it or around it. ",
                        folder + " ist der Sicherungsordner selbst oder liegt darin oder darum herum. ");
            }
            Path till = data.resolve("till");
            refuses(
                    host,
                    till.toString(),
                    till + " is the database's folder, or lies inside it or around it. ",
                    till + " ist der Ordner der Datenbank oder liegt darin oder darum herum. ");
            assertThat(waiting(host, id, DemoHost.ENGLISH)).isEmpty();
        }
    }

    private static void refuses(DemoHost host, String path, String english, String german) {
        host.settings("L", path);
        refuses(host, english, german);
    }

    private static void refuses(DemoHost host, String english, String german) {
        Refusal refusal = refusedSend(host);
        assertThat(refusal.code()).isEqualTo("MediumRefused");
        assertThat(refusal.english()).startsWith(english + NOTHING_SENT_EN);
        assertThat(refusal.german()).startsWith(german + NOTHING_SENT_DE);
    }

    @Test
    void refusesARelativeMediumWhereItIsEntered() {
        try (DemoHost host = DemoHost.start(data("till"), "--receipts", RECEIPTS)) {
            DemoHost.Reply english = host.askForSettings("L", "media/usb0", DemoHost.ENGLISH);
            DemoHost.Reply german = host.askForSettings("L", "media/usb0", DemoHost.GERMAN);

            assertThat(english.status()).isEqualTo(422);
            assertThat(english.body().toString())
                    .contains("With local backup (01.1), 01.2 has to be a full path that begins with “/”.");
            assertThat(german.status()).isEqualTo(422);
            assertThat(german.body().toString())
                    .contains("Mit lokalem Backup (01.1) muss 01.2 ein vollständiger Pfad sein, der mit „/“ beginnt.");
            host.askForSettings("F", "media/usb0", DemoHost.ENGLISH);
            assertThat(host.askForSettings("L", "media/usb0", DemoHost.ENGLISH).status())
                    .as("the kind alone is changed")
                    .isEqualTo(422);
        }
    }
}
