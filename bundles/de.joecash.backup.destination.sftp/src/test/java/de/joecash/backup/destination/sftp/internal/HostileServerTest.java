package de.joecash.backup.destination.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.destination.sftp.internal.LyingServer.Entry;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Destination.StoredFile;
import de.joecash.backup.testkit.BytesContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A server that wants something of us. */
class HostileServerTest {
    private static final String ID = TestSettings.ID;

    @Test
    void itsListGivesOnlyFilesOfOurForm() throws Exception {
        List<Entry> entries = new ArrayList<>();
        for (String name : List.of(
                ".",
                "..",
                "../up.gz",
                "/etc/passwd",
                "sub/a.gz",
                "back\\slash.gz",
                "nul\0.gz",
                "a.gz\r\nrm good.gz",
                "a.gz\n",
                "\u001b[2J.gz",
                "\u202Ezg.a",
                "k".repeat(121),
                "k".repeat(256),
                "k".repeat(20_000),
                "a.gz.part",
                "")) {
            entries.add(Entry.file(name, 1));
        }
        entries.add(Entry.named("Straße.gz".getBytes(StandardCharsets.ISO_8859_1), LyingServer.REGULAR, 1));
        entries.add(Entry.named(new byte[] {(byte) 0xff, (byte) 0xfe, '.', 'g', 'z'}, LyingServer.REGULAR, 1));
        entries.add(Entry.named("folder.gz".getBytes(StandardCharsets.UTF_8), LyingServer.DIRECTORY, 1));
        entries.add(Entry.file("negative.gz", -1));
        entries.add(Entry.file("good.gz", 5));
        try (LyingServer server = LyingServer.listing(entries)) {
            assertThat(list(server)).containsExactly(new StoredFile("good.gz", 5));
            assertThat(server.asked).containsOnly("tills", "tills/");
        }
    }

    @Test
    void itsListNamesNoFileTwice() throws Exception {
        try (LyingServer server = LyingServer.listing(List.of(Entry.file("a.gz", 1), Entry.file("a.gz", 2)))) {
            assertThat(problem(() -> list(server)))
                    .isEqualTo(new Problem.ServerRefused(ID, "the list of files names a.gz twice"));
        }
    }

    @Test
    void itsListHasAnEnd() throws Exception {
        byte[] more = LyingServer.names(Collections.nCopies(1000, Entry.file("no name", 1)));
        try (LyingServer server = new LyingServer(round -> Optional.of(more))) {
            assertThat(problem(() -> list(server)))
                    .isEqualTo(new Problem.ServerRefused(ID, "the list of files does not end"));
        }
    }

    @Test
    void itsListHasAsManyNamesAsItSays() throws Exception {
        for (int count : new int[] {1, 1000, Integer.MAX_VALUE, -1}) {
            byte[] empty = {104, (byte) (count >>> 24), (byte) (count >>> 16), (byte) (count >>> 8), (byte) count};
            try (LyingServer server = new LyingServer(round -> Optional.of(empty))) {
                assertThat(problem(() -> list(server))).isInstanceOf(Problem.ServerUnreachable.class);
            }
        }
    }

    @Test
    void itsWordsAreShownAsOneShortLine() throws Exception {
        try (LyingServer server = LyingServer.listing(List.of())) {
            server.refuses("no\r\n230 welcome\u001b[2J\u202E\0" + "x".repeat(5000));

            Problem problem = problem(() -> put(server));

            assertThat(problem)
                    .isInstanceOfSatisfying(Problem.ServerRefused.class, refused -> assertThat(refused.reply())
                            .startsWith("no 230 welcome")
                            .hasSizeLessThan(210)
                            .doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
        }
    }

    private static List<StoredFile> list(LyingServer server) throws BackupException {
        SftpProvider provider = new SftpProvider(server.settings().build());
        try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
            return destination.list();
        } finally {
            provider.stop();
        }
    }

    private static void put(LyingServer server) throws Exception {
        SftpProvider provider = new SftpProvider(server.settings().build());
        try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
            destination.put("a.gz", new BytesContent(new byte[1]), count -> {});
        } finally {
            provider.stop();
        }
    }

    private static Problem problem(ThrowingCallable action) {
        return catchThrowableOfType(BackupException.class, action).problem();
    }
}
