package de.joecash.backup.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A real ProFTPD on loopback, with TLS as it comes, and with digests of files (mod_digest). */
public final class Proftpd extends FtpServerProcess {
    private final Path configuration;
    private final Path program;
    private final Path libraries;

    /**
     * Sets one up, on a free port, with an empty home. Skips the test where it was not unpacked; see {@link Needed}.
     *
     * @param directory empty; everything is kept there
     * @param identity its certificate
     * @param more lines of {@code proftpd.conf}
     * @throws IOException if something cannot be written
     */
    public Proftpd(Path directory, TestCertificates.Identity identity, List<String> more) throws IOException {
        super(directory);
        program = unpacked().resolve("usr/sbin/proftpd");
        libraries = unpacked().resolve("usr/lib/x86_64-linux-gnu");
        Path modules = unpacked().resolve("usr/lib/proftpd");
        Needed.on(
                Files.isExecutable(program) && Files.exists(modules.resolve("mod_tls.so")),
                "the Debian packages proftpd-core and proftpd-mod-crypto, unpacked by itests/verify");
        configuration = directory.resolve("proftpd.conf");
        emptyHome();
        Path users = directory.resolve("users");
        Files.createFile(users, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                users,
                String.join(":", USER, HASH, systemId("-u"), systemId("-g"), "", home().toString(), "/bin/sh") + "\n");
        Files.write(
                configuration,
                List.of(
                        "ModulePath " + modules,
                        "LoadModule mod_tls.c",
                        "LoadModule mod_digest.c",
                        "ServerName data-centre",
                        "ServerType standalone",
                        "DefaultAddress 127.0.0.1",
                        "SocketBindTight on",
                        "Port " + port(),
                        "UseIPv6 off",
                        "UseReverseDNS off",
                        "User " + SYSTEM_USER,
                        "Group nogroup",
                        "PidFile " + directory.resolve("proftpd.pid"),
                        "ScoreboardFile " + directory.resolve("proftpd.score"),
                        "DelayTable none",
                        "SystemLog " + directory.resolve("system.log"),
                        "TransferLog " + logFile(),
                        "WtmpLog off",
                        "AuthOrder mod_auth_file.c",
                        "AuthUserFile " + users,
                        "RequireValidShell off",
                        "DefaultRoot ~",
                        "AllowOverwrite on",
                        "TLSEngine on",
                        "TLSRequired on",
                        "TLSLog " + directory.resolve("tls.log"),
                        "TLSRSACertificateFile " + identity.certificate(),
                        "TLSRSACertificateKeyFile " + identity.key()));
        Files.write(configuration, more, StandardOpenOption.APPEND);
    }

    @Override
    ProcessBuilder command() {
        ProcessBuilder command =
                new ProcessBuilder(program.toString(), "--nodaemon", "--quiet", "--config", configuration.toString());
        command.environment().put("LD_LIBRARY_PATH", libraries.toString());
        return command;
    }

    @Override
    Path logFile() {
        return directory().resolve("transfers.log");
    }
}
