package de.joecash.backup.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** A real Pure-FTPd on loopback that refuses whoever speaks no TLS. */
public final class PureFtpd extends FtpServerProcess {
    private final Path program;
    private final Path libraries;
    private final List<String> options;

    /**
     * Sets one up, on a free port, with an empty home. Skips the test where it was not unpacked; see {@link Needed}.
     *
     * @param directory empty; everything is kept there
     * @param identity its certificate
     * @param more options of its command line
     * @throws IOException if something cannot be written
     */
    public PureFtpd(Path directory, TestCertificates.Identity identity, String... more) throws IOException {
        super(directory);
        options = List.of(more);
        program = unpacked().resolve("usr/sbin/pure-ftpd");
        libraries = unpacked().resolve("usr/lib/x86_64-linux-gnu");
        Needed.on(
                Files.isExecutable(program),
                "the Debian packages pure-ftpd and pure-ftpd-common, unpacked by itests/verify");
        emptyHome();
        Path both = directory.resolve("certificate-and-key");
        Files.createFile(both, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(both, Files.readString(identity.certificate()) + Files.readString(identity.key()));
        Path users = directory.resolve("users");
        Files.writeString(
                users,
                String.join(":", USER, HASH, systemId("-u"), systemId("-g"), "", home() + "/./", "::::::::::::")
                        + "\n");
        ProcessBuilder make = new ProcessBuilder(
                unpacked().resolve("usr/bin/pure-pw").toString(),
                "mkdb",
                directory.resolve("users.pdb").toString(),
                "-f",
                users.toString());
        make.environment().put("LD_LIBRARY_PATH", libraries.toString());
        Process making = make.redirectErrorStream(true).start();
        String said = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (making.onExit().join().exitValue() != 0) {
            throw new IOException("pure-pw: " + said);
        }
    }

    @Override
    ProcessBuilder command() {
        ProcessBuilder command = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                program.toString(),
                                "--bind",
                                "127.0.0.1," + port(),
                                "--login",
                                "puredb:" + directory().resolve("users.pdb"),
                                "--chrooteveryone",
                                "--noanonymous",
                                "--dontresolve",
                                "--minuid",
                                "1",
                                "--tls",
                                "2",
                                "--certfile",
                                directory().resolve("certificate-and-key").toString(),
                                "--pidfile",
                                directory().resolve("pure-ftpd.pid").toString(),
                                "--syslogfacility",
                                "none",
                                "--altlog",
                                "clf:" + logFile()),
                        options.stream())
                .toList());
        command.environment().put("LD_LIBRARY_PATH", libraries.toString());
        return command;
    }

    @Override
    Path logFile() {
        return directory().resolve("transfers.log");
    }
}
