package de.joecash.pos.reference.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.pos.reference.internal.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataCentreCommandTest {
    private static final String PASSWORD = "Schlüssel 7%";

    @TempDir
    Path directory;

    private final StoredConfigurations configurations = new StoredConfigurations();
    private StandIns standIns;
    private Path passwordFile;

    @BeforeEach
    void start() throws Exception {
        standIns = standIns();
        passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        permit("rw-------");
    }

    @AfterEach
    void stop() {
        standIns.stop();
    }

    private StandIns standIns() throws Exception {
        return new StandIns(new DataDirectory(directory.resolve("data")), configurations.admin());
    }

    private void restart() throws Exception {
        standIns.stop();
        standIns = standIns();
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString(permissions));
    }

    private Map<String, Object> ftp() {
        return configurations.stored.get("de.joecash.backup.destination.ftp~data-centre");
    }

    private String run(Object... arguments) throws IOException {
        return run(filter -> true, arguments);
    }

    private String run(Predicate<String> present, Object... arguments) throws IOException {
        return (String)
                new DataCentreCommand(standIns, present, Duration.ofMillis(1)).execute(null, List.of(arguments));
    }

    @Test
    void pointsTheHostAtARealServerAndSaysSoWithoutThePassword() throws Exception {
        String said = run("backup.example.org", "2121", "kasse1", passwordFile, "cleartext");

        assertThat(said).isEqualTo("The data centre is ftp://backup.example.org:2121, in the clear.");
        assertThat(ftp())
                .containsEntry("id", "data-centre")
                .containsEntry("host", "backup.example.org")
                .containsEntry("port", 2121)
                .containsEntry("user", "kasse1")
                .containsEntry(".password", PASSWORD)
                .containsEntry("tls", "off")
                .containsEntry("allowCleartext", true);
        assertThat(standIns.places().dataCentre()).isEmpty();
        assertThat(standIns.places().address()).isEqualTo("ftp://backup.example.org:2121");
        assertThat(standIns.places().cleartext()).isTrue();
    }

    @Test
    void refusesClearTextUnlessItIsAskedForInThatWord() throws Exception {
        assertThat(run("::1", "21", "kasse1", passwordFile))
                .isEqualTo("The data centre is ftp://[::1]:21, by TLS; sending in the clear is refused.");
        assertThat(ftp()).containsEntry("tls", "explicit").containsEntry("allowCleartext", false);
        assertThat(standIns.places().cleartext()).isFalse();
        assertThatThrownBy(() -> run("::1", "21", "kasse1", passwordFile, "yes"))
                .hasMessageStartingWith("Usage: pos:data-centre HOST");
    }

    @Test
    void keepsTheRealServerOverARestart() throws Exception {
        run("backup.example.org", "2121", "kasse1", passwordFile);
        Map<String, Object> before = ftp();

        restart();

        assertThat(ftp()).isEqualTo(before);
        assertThat(standIns.places().address()).isEqualTo("ftp://backup.example.org:2121");
    }

    @Test
    void goesBackToTheStandInAndFollowsItsPort() throws Exception {
        Map<String, Object> atFirst = ftp();
        run("backup.example.org", "2121", "kasse1", passwordFile);

        assertThat(run("stand-in")).isEqualTo("The data centre is the stand-in on this machine.");
        assertThat(ftp()).containsEntry("port", atFirst.get("port")).containsEntry("allowCleartext", true);
        assertThat(standIns.places().dataCentre()).contains(directory.resolve("data/demo/data-centre"));
        restart();
        assertThat(standIns.places().address()).isEqualTo("ftp://127.0.0.1:" + ftp().get("port"));
        assertThat(standIns.places().dataCentre()).isPresent();
    }

    @Test
    void leavesAloneWhatAnAdministratorWrote() throws Exception {
        Map<String, Object> theirs =
                Map.of("id", "data-centre", "host", "10.1.2.3", "port", "21", "allowCleartext", "true");
        configurations.stored.put("de.joecash.backup.destination.ftp~data-centre", theirs);

        restart();

        assertThat(ftp()).isEqualTo(theirs);
        assertThat(standIns.places().dataCentre()).isEmpty();
        assertThat(standIns.places().address()).isEqualTo("ftp://10.1.2.3:21");
        assertThat(standIns.places().cleartext()).isTrue();
    }

    @Test
    void waitsForWhoeverTakesTheChangeOverAndSaysIfNobodyDoes() throws Exception {
        Object[] arguments = {"backup.example.org", "2121", "kasse1", passwordFile};
        assertThat(run(filter -> filter.equals("(change=" + ftp().get("change") + ")"), arguments))
                .endsWith("refused.");
        assertThat(run(filter -> false, arguments)).endsWith("Nothing installed uses it at present.");
    }

    @ParameterizedTest
    @CsvSource({
        "a b,              21,    till,     HOST must be",
        "'',               21,    till,     HOST must be",
        "ftp.example.org,  0,     till,     PORT must be",
        "ftp.example.org,  65536, till,     PORT must be",
        "ftp.example.org,  -1,    till,     PORT must be",
        "ftp.example.org,  ftp,   till,     PORT must be",
        "ftp.example.org,  21,    '',       USER must be",
        "ftp.example.org,  21,    'a\nb',   USER must be"
    })
    void refusesWhatCannotBeMeantAndLeavesEverythingAsItWas(String host, String port, String user, String words) {
        Map<String, Object> before = ftp();

        assertThatThrownBy(() -> run(host, port, user, passwordFile)).hasMessageStartingWith(words);

        assertThat(ftp()).isEqualTo(before);
    }

    @Test
    void refusesAPasswordFileThatOthersReadOrThatHoldsNoPassword() throws Exception {
        Map<String, Object> before = ftp();
        permit("rw-r-----");
        refuses("can be read or written by others. Please do: chmod 600 " + passwordFile);
        permit("rw-------");
        Files.writeString(passwordFile, "\n");
        refuses("The password must be one line of 1 to 256 characters.");
        Files.writeString(passwordFile, "one\ntwo\n");
        refuses("The password must be one line of 1 to 256 characters.");
        Files.write(passwordFile, new byte[] {(byte) 0xC3, 'x'});
        refuses("is not UTF-8.");
        Files.write(passwordFile, new byte[1025]);
        refuses("is no file with a password.");
        Files.delete(passwordFile);
        refuses("is not there, or is no file with a password.");
        assertThat(ftp()).isEqualTo(before);
    }

    private void refuses(String words) {
        assertThatThrownBy(() -> run("backup.example.org", "21", "kasse1", passwordFile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(words);
    }

    @Test
    void showsThePasswordNowhere() {
        assertThat(new FtpServer("backup.example.org", 21, "kasse1", PASSWORD, true))
                .hasToString("ftp://backup.example.org:21");
    }
}
