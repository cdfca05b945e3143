package de.joecash.backup.destination.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.OpenSsh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may talk to whom: keys of the server, and logins of the user. */
class LoginTest {
    private static final String ID = TestSettings.ID;

    @TempDir
    private Path directory;

    private OpenSsh server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new OpenSsh(Files.createDirectory(directory.resolve("server")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void namesAnUnknownHostKeyBeforeAnyLogin() throws Exception {
        assertThat(problem(TestSettings.of(server).pinning()))
                .contains(new Problem.HostKeyUnknown(ID, server.fingerprint()));
        assertThat(server.log()).noneMatch(line -> line.contains("Accepted") || line.contains("Failed"));
    }

    @Test
    void refusesAnotherHostKeyThanTheOneThatWasConfirmed() throws Exception {
        TestSettings confirmed = TestSettings.of(server);
        assertThat(problem(confirmed)).isEmpty();
        server.stop();
        server.newHostKey();
        server.start();
        int before = server.log().size();

        assertThat(problem(confirmed)).contains(new Problem.HostKeyChanged(ID, server.fingerprint()));
        assertThat(server.log().subList(before, server.log().size()))
                .noneMatch(line -> line.contains("Accepted") || line.contains("Failed"));
    }

    @Test
    void takesAWholeHostKeyAsWell() throws Exception {
        assertThat(problem(TestSettings.of(server).pinning(server.publicHostKey())))
                .isEmpty();
    }

    @Test
    void logsInByPassword() throws Exception {
        OpenSsh.needPasswords();

        assertThat(problem(TestSettings.of(server).password(OpenSsh.PASSWORD))).isEmpty();
    }

    @Test
    void triesAWrongPasswordOnce() throws Exception {
        OpenSsh.needPasswords();

        assertThat(problem(TestSettings.of(server).password("wrong"))).contains(new Problem.LoginRefused(ID));

        // It may tell the client before its log.
        server.awaitIdle();
        assertThat(server.log())
                .filteredOn(line -> line.contains("Failed password"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, '', ''",
        "ed25519, Schlüssel 7%, ''",
        "rsa, '', PEM",
        "rsa, Schlüssel 7%, RFC4716",
        "ecdsa, '', PEM",
        "ecdsa, '', PKCS8"
    })
    void logsInByAKeyOfAnyForm(String type, String passphrase, String form) throws Exception {
        Path key = directory.resolve("key");
        if (form.isEmpty()) {
            OpenSsh.generate(key, type, passphrase);
        } else {
            OpenSsh.generate(key, type, passphrase, "-m", form);
        }
        server.authorize(directory.resolve("key.pub"));

        assertThat(problem(TestSettings.of(server).key(key, passphrase))).isEmpty();
    }

    @Test
    void isRefusedWithAKeyThatTheServerDoesNotKnow() throws Exception {
        Path key = directory.resolve("key");
        OpenSsh.generate(key, "ed25519", "");

        assertThat(problem(TestSettings.of(server).key(key, ""))).contains(new Problem.LoginRefused(ID));
    }

    @Test
    void saysInWordsWhatIsWrongWithAKeyFile() throws Exception {
        Path key = directory.resolve("key");
        OpenSsh.generate(key, "ed25519", "right");
        Path text = Files.writeString(directory.resolve("text"), "no key");
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));

        assertThat(problem(TestSettings.of(server).key(directory.resolve("gone"), "")))
                .contains(unusable("gone", "missing"));
        assertThat(problem(TestSettings.of(server).key(text, ""))).contains(unusable("text", "not-a-key"));
        assertThat(problem(TestSettings.of(server).key(key, "wrong"))).contains(unusable("key", "not-opened"));
        assertThat(problem(TestSettings.of(server).key(key, ""))).contains(unusable("key", "not-opened"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(problem(TestSettings.of(server).key(key, "right"))).contains(unusable("key", "open-to-others"));
        assertThat(unusable("key", "open-to-others").cause(Locale.GERMAN))
                .endsWith("andere als ihr Besitzer haben Rechte an ihr.");
    }

    private Problem unusable(String file, String detail) {
        return new Problem.KeyFileUnusable(ID, directory.resolve(file).toString(), detail);
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        assertThat(problem(TestSettings.of(server))).isEmpty();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("joecash-sftp-" + ID)
                        || thread.getName().contains("sshd"))
                .allSatisfy(thread -> {
                    thread.join(Await.PATIENCE.toMillis());
                    assertThat(thread.isAlive()).as(thread.getName()).isFalse();
                });
    }

    /** Says why there is no way in; empty if there is. */
    private static Optional<Problem> problem(TestSettings settings) {
        SftpProvider provider = new SftpProvider(settings.build());
        try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
            assertThat(destination.capabilities().confidential()).isTrue();
            return Optional.empty();
        } catch (BackupException e) {
            return Optional.of(e.problem());
        } finally {
            provider.stop();
        }
    }
}
