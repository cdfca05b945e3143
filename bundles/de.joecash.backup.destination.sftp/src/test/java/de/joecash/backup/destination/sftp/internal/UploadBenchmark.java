package de.joecash.backup.destination.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.OpenSsh;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Throughput against OpenSSH's own client and curl, in one run; for the script {@code upload-sftp}. */
@Tag("benchmark")
class UploadBenchmark {
    private static final int ROUNDS = 3;
    private static final int BLOCK = 1_000_000;

    @TempDir
    private Path directory;

    private interface Sending {
        void send() throws Exception;
    }

    private record FileContent(Path file) implements Destination.Content {
        @Override
        public long bytes() {
            return file.toFile().length();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    @Test
    void isAsFastAsOthers() throws Exception {
        int megabytes = Integer.getInteger("megabytes", 500);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = random(megabytes);
        try (OpenSsh server = new OpenSsh(Files.createDirectory(directory.resolve("server")))) {
            server.start();
            Map<String, Double> best = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                best.merge("1 sftp", rate(megabytes, () -> sftp(server, file)), Math::max);
                best.merge("2 curl", rate(megabytes, () -> curl(server, file)), Math::max);
                best.merge(
                        "3 ours, sample read back",
                        rate(megabytes, () -> ours(TestSettings.of(server).sampling(), file)),
                        Math::max);
                best.merge(
                        "4 ours, whole read back",
                        rate(megabytes, () -> ours(TestSettings.of(server), file)),
                        Math::max);
            }
            double peer = Math.max(best.get("1 sftp"), best.get("2 curl"));
            best.forEach((row, rate) ->
                    System.out.printf(Locale.ROOT, "| %s | %.0f MB/s | %.2f |%n", row, rate, rate / peer));
        }
    }

    private Path random(int megabytes) throws IOException {
        Path file = directory.resolve("content");
        byte[] block = new byte[BLOCK];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }

    private static double rate(int megabytes, Sending sending) throws Exception {
        long before = System.nanoTime();
        sending.send();
        return megabytes / ((System.nanoTime() - before) / 1e9);
    }

    private void sftp(OpenSsh server, Path file) throws IOException {
        Path batch = Files.writeString(directory.resolve("batch"), "put " + file + " tills/b.gz\nrm tills/b.gz\n");
        run(List.of(
                "sftp",
                "-q",
                "-P",
                Integer.toString(server.port()),
                "-i",
                server.userKey().toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "IdentitiesOnly=yes",
                "-b",
                batch.toString(),
                server.user() + "@127.0.0.1"));
    }

    private void curl(OpenSsh server, Path file) throws IOException {
        Path target = server.home().resolve("tills/c.gz");
        run(List.of(
                "curl",
                "-sS",
                "--insecure",
                "--key",
                server.userKey().toString(),
                "--pubkey",
                server.userKey() + ".pub",
                "-u",
                server.user() + ":",
                "-T",
                file.toString(),
                "sftp://127.0.0.1:" + server.port() + target));
        Files.delete(target);
    }

    private static void ours(TestSettings settings, Path file) throws Exception {
        SftpProvider provider = new SftpProvider(settings.build());
        try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
            destination.put("a.gz", new FileContent(file), count -> {});
            destination.delete("a.gz");
        } finally {
            provider.stop();
        }
    }

    private void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        assertThat(process.onExit().join().exitValue())
                .as(() -> command.get(0) + ": " + said())
                .isZero();
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
