package de.joecash.backup.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A real vsftpd on loopback: the server of most data centres. */
public final class Vsftpd extends FtpServerProcess {
    private static final Path PROGRAM = Path.of("/usr/sbin/vsftpd");
    private static final Path PASSWORD_CHECK = Path.of("/lib/x86_64-linux-gnu/security/pam_pwdfile.so");

    private static final int UNLIMITED = 0;

    private final Path configuration;
    private final Path pamService;
    private final Path openSsl;

    /**
     * Sets one up, on a free port, with an empty home. Skips the test where the machine has no vsftpd; see
     * {@link Needed}.
     *
     * @param directory empty; everything but the login rule is kept there
     * @throws IOException if something cannot be written
     */
    public Vsftpd(Path directory) throws IOException {
        this(directory, List.of());
    }

    /**
     * Sets one up as {@link #Vsftpd(Path)} does, with more in its configuration.
     *
     * @param directory empty; everything but the login rule is kept there
     * @param more lines of {@code vsftpd.conf}; they win
     * @throws IOException if something cannot be written
     */
    public Vsftpd(Path directory, List<String> more) throws IOException {
        super(directory);
        Needed.on(Files.isExecutable(PROGRAM), "the Debian package vsftpd");
        Needed.on(Files.exists(PASSWORD_CHECK), "the Debian package libpam-pwdfile");
        configuration = directory.resolve("vsftpd.conf");
        openSsl = directory.resolve("openssl.cnf");
        pamService =
                Path.of("/etc/pam.d/joecash-test-" + ProcessHandle.current().pid() + "-" + port());
        Path empty = Files.createDirectory(directory.resolve("empty"));
        letOthersIn(empty);
        Path passwords = Files.writeString(directory.resolve("passwords"), USER + ":" + HASH + "\n");
        pamService.toFile().deleteOnExit();
        Files.write(
                pamService,
                List.of("auth required pam_pwdfile.so pwdfile=" + passwords, "account required pam_permit.so"));
        Files.write(
                configuration,
                List.of(
                        "listen=YES",
                        "listen_address=127.0.0.1",
                        "listen_port=" + port(),
                        "background=NO",
                        "anonymous_enable=NO",
                        "local_enable=YES",
                        "write_enable=YES",
                        "guest_enable=YES",
                        "guest_username=" + SYSTEM_USER,
                        "virtual_use_local_privs=YES",
                        "chroot_local_user=YES",
                        "allow_writeable_chroot=YES",
                        "local_root=" + home(),
                        "secure_chroot_dir=" + empty,
                        "pam_service_name=" + pamService.getFileName(),
                        "seccomp_sandbox=NO",
                        "xferlog_enable=YES",
                        "xferlog_std_format=NO",
                        "vsftpd_log_file=" + logFile()));
        Files.write(configuration, more, StandardOpenOption.APPEND);
        emptyHome();
    }

    /**
     * Gives the lines that make it speak TLS, and nothing else to a user, as its makers recommend: with a data
     * connection only in the control connection's session. Its log tells which.
     *
     * @param identity its certificate
     * @return lines for {@link #Vsftpd(Path, List)}
     */
    public static List<String> tls(TestCertificates.Identity identity) {
        return List.of(
                "ssl_enable=YES",
                "require_ssl_reuse=YES",
                "force_local_logins_ssl=YES",
                "force_local_data_ssl=YES",
                "ssl_ciphers=HIGH",
                "debug_ssl=YES",
                "rsa_cert_file=" + identity.certificate(),
                "rsa_private_key_file=" + identity.key());
    }

    /**
     * Lets it speak no newer TLS, from its next start on.
     *
     * @param protocol as OpenSSL names it, e.g. {@code TLSv1.2}
     * @throws IOException if that cannot be written
     */
    public void speakAtMost(String protocol) throws IOException {
        Files.write(
                openSsl,
                List.of(
                        "openssl_conf = all",
                        "[all]",
                        "ssl_conf = ssl",
                        "[ssl]",
                        "system_default = limits",
                        "[limits]",
                        "MaxProtocol = " + protocol));
    }

    /**
     * Starts a slow one, so that a test can meet it in the middle of a transfer.
     *
     * @param bytesPerSecond what it takes and gives at the most; 0 for no limit
     * @throws IOException if it does not listen
     * @throws InterruptedException if somebody interrupts the wait
     */
    public void start(int bytesPerSecond) throws IOException, InterruptedException {
        launch(command(bytesPerSecond));
    }

    @Override
    ProcessBuilder command() {
        return command(UNLIMITED);
    }

    private ProcessBuilder command(int bytesPerSecond) {
        ProcessBuilder command =
                new ProcessBuilder(PROGRAM.toString(), configuration.toString(), "-olocal_max_rate=" + bytesPerSecond);
        if (Files.exists(openSsl)) {
            command.environment().put("OPENSSL_CONF", openSsl.toString());
        }
        return command;
    }

    /** The log is written a little later; what a test counts there begins after our own knock. */
    @Override
    boolean ready(int linesBefore) throws IOException {
        return log().size() > linesBefore;
    }

    @Override
    Path logFile() {
        return directory().resolve("vsftpd.log");
    }

    /** Ends it, and takes the login rule off the machine. */
    @Override
    public void close() throws IOException {
        super.close();
        Files.deleteIfExists(pamService);
    }
}
