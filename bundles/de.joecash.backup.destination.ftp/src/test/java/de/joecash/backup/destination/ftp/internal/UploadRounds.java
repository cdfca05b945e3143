package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.TestCertificates;
import de.joecash.backup.testkit.Vsftpd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Uploads a file to a vsftpd in turn with curl, and prints the seconds; see {@code itests/benchmarks/upload}. */
final class UploadRounds {
    private UploadRounds() {}

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

    /**
     * Runs.
     *
     * @param arguments {@code off} or {@code explicit}, the file, how many rounds, an empty directory
     * @throws Exception if an upload fails
     */
    public static void main(String... arguments) throws Exception {
        boolean secure = arguments[0].equals("explicit");
        Path file = Path.of(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Path directory = Path.of(arguments[3]);
        TestCertificates made = new TestCertificates(directory.getParent());
        Protection protection = secure ? TlsContract.explicit(made) : FtpContract.CLEAR;
        Path authority = made.authority().certificate();
        try (Vsftpd server = new Vsftpd(directory, secure ? Vsftpd.tls(made.good()) : List.of())) {
            server.start();
            FtpProvider provider = FtpContract.provider(
                    "127.0.0.1", server.port(), FtpContract.PASSWORD, protection, Verify.FULL, Duration.ofMinutes(1));
            for (int round = 0; round <= rounds; round++) {
                double[] ours = ours(provider, file);
                double curl = curl(server, file, secure, authority);
                if (round > 0) {
                    System.out.printf(Locale.ROOT, "%.3f %.3f %.3f%n", ours[0], ours[1], curl);
                }
                server.emptyHome();
            }
            provider.stop();
        }
    }

    /** Seconds until all was sent, and until all was proven. */
    private static double[] ours(FtpProvider provider, Path file) throws BackupException, IOException {
        long start = System.nanoTime();
        long[] sent = {start};
        try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
            destination.put("ours.gz", new FileContent(file), count -> sent[0] = System.nanoTime());
        }
        return new double[] {seconds(start, sent[0]), seconds(start, System.nanoTime())};
    }

    private static double curl(Vsftpd server, Path file, boolean secure, Path authority)
            throws IOException, InterruptedException {
        Path login = Files.writeString(
                authority.resolveSibling("curl"), "user = \"" + FtpContract.USER + ":" + FtpContract.PASSWORD + "\"\n");
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-K", login.toString(), "-T", file.toString()));
        if (secure) {
            command.addAll(List.of("--ssl-reqd", "--cacert", authority.toString()));
        }
        command.add("ftp://127.0.0.1:" + server.port() + "/tills/curl.gz");
        long start = System.nanoTime();
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("curl failed");
        }
        return seconds(start, System.nanoTime());
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
