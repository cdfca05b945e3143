package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.testkit.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The server of most data centres; it knows no MLSD. Needs the root user: it changes its own. */
class VsftpdTest extends FtpContract {
    private static final Path PROGRAM = Path.of("/usr/sbin/vsftpd");
    private static final Path PASSWORD_CHECK = Path.of("/lib/x86_64-linux-gnu/security/pam_pwdfile.so");

    /** Made by the package; its home directory must be there. */
    private static final String SYSTEM_USER = "ftp";

    /** Of {@link #PASSWORD}, by {@code openssl passwd -6}. */
    private static final String HASH =
            "$6$joecashtest$OtDQBYtFb7IrAjnGUxpn6m796FnRxKy8/m8d2BIMrntKTN3lDaR2vR5DkFb1T7/JvO3oxUKC3MdeCb0DoxjB7/";

    @TempDir
    private static Path temp;

    private static Path pamService;
    private static ServerProcess server;

    private Path home;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Needed.on(Files.isExecutable(PROGRAM), "the Debian package vsftpd");
        Needed.on(Files.exists(PASSWORD_CHECK), "the Debian package libpam-pwdfile");
        Needed.on("root".equals(System.getProperty("user.name")), "the root user, for vsftpd");
        ServerProcess.open(temp);
        Path empty = Files.createDirectory(temp.resolve("empty"));
        ServerProcess.open(empty);
        Path passwords = Files.writeString(temp.resolve("passwords"), USER + ":" + HASH + "\n");
        pamService =
                Path.of("/etc/pam.d/joecash-test-" + ProcessHandle.current().pid());
        pamService.toFile().deleteOnExit();
        Files.write(
                pamService,
                List.of("auth required pam_pwdfile.so pwdfile=" + passwords, "account required pam_permit.so"));
        int port = ServerProcess.freePort();
        Path configuration = Files.write(
                temp.resolve("vsftpd.conf"),
                List.of(
                        "listen=YES",
                        "listen_address=127.0.0.1",
                        "listen_port=" + port,
                        "background=NO",
                        "anonymous_enable=NO",
                        "local_enable=YES",
                        "write_enable=YES",
                        "guest_enable=YES",
                        "guest_username=" + SYSTEM_USER,
                        "virtual_use_local_privs=YES",
                        "chroot_local_user=YES",
                        "allow_writeable_chroot=YES",
                        "local_root=" + temp.resolve("home"),
                        "secure_chroot_dir=" + empty,
                        "pam_service_name=" + pamService.getFileName(),
                        "seccomp_sandbox=NO",
                        "xferlog_enable=NO"));
        server = ServerProcess.start(port, List.of(PROGRAM.toString(), configuration.toString()));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (pamService != null) {
            Files.deleteIfExists(pamService);
        }
    }

    @BeforeEach
    void emptyHome() throws IOException {
        home = temp.resolve("home");
        ServerProcess.freshHome(home, SYSTEM_USER);
    }

    @Override
    protected int port() {
        return server.port();
    }

    @Override
    protected Path home() {
        return home;
    }
}
