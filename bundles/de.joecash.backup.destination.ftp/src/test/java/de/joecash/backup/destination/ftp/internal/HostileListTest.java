package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Destination.StoredFile;
import de.joecash.backup.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server lists that wants something of us. */
class HostileListTest {
    private static final String ID = "data-centre";

    private ScriptedServer server;
    private FtpProvider provider;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        server.files.put("good.gz", new byte[5]);
        provider = FtpContract.provider(
                "127.0.0.1", server.port(), "secret", FtpContract.CLEAR, Verify.FULL, Await.PATIENCE);
    }

    @AfterEach
    void stop() throws IOException {
        provider.stop();
        server.close();
    }

    private void lists(String command, byte[] bytes) {
        server.always(
                "FEAT", (session, argument) -> command.equals("MLSD") ? "211-here\r\n MLST\r\n211 end" : "502 no");
        server.always(command, (session, argument) -> {
            try (Socket data = session.data()) {
                data.getOutputStream().write(bytes);
            }
            return "226 listed";
        });
    }

    private static byte[] utf8(String... lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private List<StoredFile> list() throws BackupException {
        try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
            return destination.list();
        }
    }

    @Test
    void aMachinesListGivesOnlyFilesOfOurForm() throws Exception {
        lists(
                "MLSD",
                utf8(
                        "type=cdir;size=1; .",
                        "type=pdir;size=1; ..",
                        "type=dir;size=1; folder.gz",
                        "type=file;size=1; ../up.gz",
                        "type=file;size=1; /etc/passwd",
                        "type=file;size=1; sub/a.gz",
                        "type=file;size=1; back\\slash.gz",
                        "type=file;size=1; nul\0.gz",
                        "type=file;size=1; cr.gz\rDELE good.gz",
                        "type=file;size=1; " + "k".repeat(121),
                        "type=file;size=1; " + "k".repeat(256),
                        "type=file;size=1; " + "k".repeat(100_000),
                        "type=file;size=1; a.gz.part",
                        "type=file;size=1;",
                        "type=file;size=1",
                        "type=file;size=1; ",
                        "nonsense",
                        "",
                        " ",
                        "DELE good.gz",
                        "type=file;size=-1; negative.gz",
                        "type=file;size=99999999999999999999; long.gz",
                        "type=file;size=many; many.gz",
                        "Type=File;Modify=nonsense;UNIX.mode=;Size=7; good.gz"));

        assertThat(list()).containsExactly(new StoredFile("cr.gz", 1), new StoredFile("good.gz", 7));
        assertThat(server.commands).noneMatch(command -> command.startsWith("DELE"));
    }

    @Test
    void aListOfNamesGivesOnlyFilesOfOurForm() throws Exception {
        lists(
                "NLST",
                utf8(
                        ".",
                        "..",
                        "../up.gz",
                        "back\\slash.gz",
                        "nul\0.gz",
                        "cr.gz\rDELE good.gz",
                        "k".repeat(256),
                        "gone.gz",
                        "./good.gz"));

        assertThat(list()).containsExactly(new StoredFile("good.gz", 5));
        assertThat(server.commands)
                .noneMatch(command -> command.startsWith("DELE"))
                .filteredOn(command -> command.startsWith("SIZE"))
                .containsExactly("SIZE up.gz", "SIZE cr.gz", "SIZE gone.gz", "SIZE good.gz");
    }

    @ParameterizedTest
    @CsvSource({"MLSD,type=file;size=1; ", "NLST,''"})
    void namesThatAreNotUtf8AreLeftOut(String command, String before) throws Exception {
        lists(command, (before + "Stra\u00dfe.gz\r\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(list()).isEmpty();
    }

    @Test
    void aListThatSaysOneNameTwiceIsRefused() {
        lists("MLSD", utf8("type=file;size=1; a.gz", "type=file;size=2; a.gz"));

        assertThat(problemOfList()).isEqualTo(new Problem.ServerRefused(ID, "the list of files names a.gz twice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MLSD", "NLST"})
    void aListThatDoesNotEndIsRefused(String command) {
        server.always(
                "FEAT", (session, argument) -> command.equals("MLSD") ? "211-here\r\n MLST\r\n211 end" : "502 no");
        server.always(command, (session, argument) -> {
            byte[] more = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            try (Socket data = session.data()) {
                OutputStream out = data.getOutputStream();
                while (!data.isClosed()) {
                    out.write(more);
                }
            }
            return "226 never";
        });

        assertThat(problemOfList()).isEqualTo(new Problem.ServerRefused(ID, "the list of files does not end"));
    }

    @Test
    void itsWordsAreShownAsOneShortLine() {
        server.always("CWD", (session, argument) -> "550 no\u001b[2J\u202E\0 " + "x".repeat(5000));

        Problem problem = catchThrowableOfType(BackupException.class, () -> {
                    try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
                        destination.put("a.gz", new de.joecash.backup.testkit.BytesContent(new byte[1]), count -> {});
                    }
                })
                .problem();

        assertThat(problem).isInstanceOfSatisfying(Problem.ServerRefused.class, refused -> assertThat(refused.reply())
                .hasSizeLessThan(210)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
    }

    private Problem problemOfList() {
        return catchThrowableOfType(BackupException.class, this::list).problem();
    }
}
