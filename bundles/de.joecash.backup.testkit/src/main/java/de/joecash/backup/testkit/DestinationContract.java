package de.joecash.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Destination.StoredFile;
import de.joecash.backup.spi.DestinationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every destination must do. A subclass says where; each test gets a directory of its own. */
public abstract class DestinationContract {
    private static final String NAME = "kasse1-2026-11-22T070000-000009.sql.gz";
    private static final int FIVE_MB = 5_000_000;
    private static final int TWENTY_MB = 20_000_000;

    private final Cancellation cancellation = new Cancellation();

    /** For subclasses. */
    protected DestinationContract() {}

    /**
     * Gives what is tested.
     *
     * @return the same during one test
     */
    protected abstract DestinationProvider provider();

    /**
     * Names an empty directory.
     *
     * @return in the destination's notation; the same during one test, another in each
     */
    protected abstract String directory();

    /**
     * Lists directories that must be refused.
     *
     * @return in the destination's notation
     */
    protected abstract List<String> hostileDirectories();

    /**
     * Puts a file into {@link #directory}, behind the destination's back.
     *
     * @param name any name
     * @param bytes what is in it
     * @throws IOException if it cannot be put there
     */
    protected abstract void place(String name, byte[] bytes) throws IOException;

    /**
     * Looks into {@link #directory}, behind the destination's back.
     *
     * @return every name there, published or not
     * @throws IOException if it cannot be looked at
     */
    protected abstract Set<String> present() throws IOException;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8192, FIVE_MB})
    void givesBackWhatWasPut(int length) throws Exception {
        byte[] bytes = random(length);
        List<Long> sent = new ArrayList<>();

        try (Destination destination = connect()) {
            destination.put(NAME, new BytesContent(bytes), sent::add);

            assertThat(destination.stat(NAME)).contains(new StoredFile(NAME, length));
            assertThat(read(destination, NAME)).isEqualTo(bytes);
            assertThat(destination.list()).containsExactly(new StoredFile(NAME, length));
        }
        assertThat(present()).containsExactly(NAME);
        assertThat(sent).isSorted().allMatch(count -> count <= length);
        if (length > 0) {
            assertThat(sent).endsWith((long) length);
        }
    }

    @Test
    void keepsSeveralFilesOverConnections() throws Exception {
        List<StoredFile> all = new ArrayList<>();
        try (Destination destination = connect()) {
            for (int i = 1; i <= 5; i++) {
                all.add(new StoredFile("kasse1-" + i + ".json", i * 100L));
                destination.put("kasse1-" + i + ".json", new BytesContent(random(i * 100)), bytes -> {});
            }
        }
        try (Destination again = connect()) {
            assertThat(again.list()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(read(again, "kasse1-3.json")).isEqualTo(random(300));
        }
    }

    @Test
    void listsNothingWhereNothingIs() throws Exception {
        try (Destination destination = connect()) {
            assertThat(destination.list()).isEmpty();
            assertThat(destination.stat(NAME)).isEmpty();
        }
    }

    @Test
    void listsPublishedFilesOnly() throws Exception {
        place(NAME + ".part", random(10));
        place(".hidden", random(10));
        place("has space.gz", random(10));
        place("other.gz", random(10));

        try (Destination destination = connect()) {
            assertThat(destination.list()).containsExactly(new StoredFile("other.gz", 10));
        }
    }

    @Test
    void neverOverwrites() throws Exception {
        byte[] first = random(1000);
        try (Destination destination = connect()) {
            destination.put(NAME, new BytesContent(first), bytes -> {});

            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.put(NAME, new BytesContent(random(2000)), bytes -> {}))
                    .satisfies(e -> assertThat(e.problem())
                            .isEqualTo(new Problem.NameTaken(provider().id(), NAME)));

            assertThat(read(destination, NAME)).isEqualTo(first);
        }
        assertThat(present()).containsExactly(NAME);
    }

    @Test
    void replacesWhatAnEarlierAttemptLeft() throws Exception {
        byte[] bytes = random(1000);
        place(NAME + ".part", random(3000));

        try (Destination destination = connect()) {
            destination.put(NAME, new BytesContent(bytes), count -> {});

            assertThat(read(destination, NAME)).isEqualTo(bytes);
        }
        assertThat(present()).containsExactly(NAME);
    }

    @Test
    void publishesNothingWhenTheContentCannotBeRead() throws Exception {
        IOException broken = new IOException("disk broken");
        byte[] bytes = random(FIVE_MB);

        try (Destination destination = connect()) {
            assertThatThrownBy(() -> destination.put(
                            NAME,
                            new BytesContent(bytes).at(1_000_000, () -> {
                                throw broken;
                            }),
                            count -> {}))
                    .isSameAs(broken);
        }
        assertThat(present()).doesNotContain(NAME);
        try (Destination again = connect()) {
            assertThat(again.stat(NAME)).isEmpty();
            again.put(NAME, new BytesContent(bytes), count -> {});
            assertThat(read(again, NAME)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 65_537, FIVE_MB - 1, FIVE_MB, FIVE_MB + 1})
    void opensAtAnyOffset(int offset) throws Exception {
        byte[] bytes = random(FIVE_MB);
        try (Destination destination = connect()) {
            destination.put(NAME, new BytesContent(bytes), count -> {});

            try (InputStream in = destination.open(NAME, offset)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, Math.min(offset, FIVE_MB), FIVE_MB));
            }

            assertThat(destination.stat(NAME)).contains(new StoredFile(NAME, FIVE_MB));
            assertThatIllegalArgumentException().isThrownBy(() -> destination.open(NAME, -1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_537, 12_345_678, TWENTY_MB - 1})
    void goesOnWhereAnEarlierAttemptWasCutOff(int cut) throws Exception {
        byte[] bytes = random(TWENTY_MB);
        cutOff(bytes, cut);
        List<Long> sent = new ArrayList<>();

        try (Destination destination = provider().connect(directory(), List.of(), new Cancellation())) {
            destination.put(NAME, new BytesContent(bytes), sent::add);

            assertThat(read(destination, NAME)).isEqualTo(bytes);
            if (destination.capabilities().resumes()) {
                assertThat(sent.get(0)).isGreaterThanOrEqualTo(cut - sentAgainAtMost());
            }
        }
        assertThat(sent).isSorted().endsWith((long) TWENTY_MB);
        assertThat(present()).containsExactly(NAME);
    }

    @Test
    void doesNotGoOnWithWhatIsNotTheContentsBeginning() throws Exception {
        byte[] other = random(TWENTY_MB);
        other[0] ^= 1;
        cutOff(other, 12_345_678);
        byte[] bytes = random(TWENTY_MB);

        try (Destination destination = provider().connect(directory(), List.of(), new Cancellation())) {
            destination.put(NAME, new BytesContent(bytes), count -> {});

            assertThat(read(destination, NAME)).isEqualTo(bytes);
        }
        assertThat(present()).containsExactly(NAME);
    }

    /** Of what nobody sends any more, nothing stays. */
    @Test
    void removesWhatAnAttemptLeftTogetherWithTheFile() throws Exception {
        cutOff(random(TWENTY_MB), 12_345_678);

        try (Destination destination = provider().connect(directory(), List.of(), new Cancellation())) {
            destination.delete(NAME);
        }

        assertThat(present()).isEmpty();
    }

    private void cutOff(byte[] bytes, int cut) throws IOException {
        Cancellation power = new Cancellation();
        try (Destination destination = provider().connect(directory(), List.of(), power)) {
            destination.put(
                    NAME, new BytesContent(bytes).at(cut, () -> power.cancel(new Problem.Stopping())), count -> {});
            throw new AssertionError("It was not cut off");
        } catch (BackupException e) {
            assertThat(e.problem()).isEqualTo(new Problem.Stopping());
        }
        settle();
        assertThat(present()).doesNotContain(NAME);
    }

    /**
     * Waits until a server is done with what an attempt sent that was cut off: what it had not yet written of that is
     * no part of the attempt that a test looks at next. Nothing is waited for where nobody else writes.
     */
    protected void settle() {}

    /**
     * Says how much of what was sent before a cut a destination that resumes may send again.
     *
     * @return bytes
     */
    protected long sentAgainAtMost() {
        return 1 << 20;
    }

    @Test
    void servesSeveralReadersAtOnce() throws Exception {
        byte[] bytes = random(FIVE_MB);
        try (Destination one = connect();
                Destination other = connect()) {
            one.put(NAME, new BytesContent(bytes), count -> {});

            try (InputStream first = one.open(NAME);
                    InputStream second = other.open(NAME)) {
                for (int at = 0; at < FIVE_MB; at += FIVE_MB / 5) {
                    byte[] expected = Arrays.copyOfRange(bytes, at, at + FIVE_MB / 5);
                    assertThat(first.readNBytes(FIVE_MB / 5)).isEqualTo(expected);
                    assertThat(second.readNBytes(FIVE_MB / 5)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void takesTheLongestName() throws Exception {
        String longest = "k".repeat(113) + ".sql.gz";
        byte[] bytes = random(100);

        try (Destination destination = connect()) {
            destination.put(longest, new BytesContent(bytes), count -> {});

            assertThat(destination.list()).containsExactly(new StoredFile(longest, 100));
            assertThat(read(destination, longest)).isEqualTo(bytes);
            assertThatIllegalArgumentException().isThrownBy(() -> destination.stat("k" + longest));
        }
    }

    /** Beyond what an {@code int} counts, and FAT32 holds. */
    @Test
    @Tag("large")
    void takesFiveGigabytes() throws Exception {
        Zeros zeros = new Zeros(5_000_000_000L);

        try (Destination destination = connect()) {
            destination.put(NAME, zeros, count -> {});

            assertThat(destination.stat(NAME)).contains(new StoredFile(NAME, zeros.bytes()));
            try (InputStream in = destination.open(NAME, zeros.bytes() - 1000)) {
                assertThat(in.readAllBytes()).isEqualTo(new byte[1000]);
            }
            destination.delete(NAME);
        }
    }

    private record Zeros(long bytes) implements Destination.Content {
        @Override
        public InputStream open() {
            return new InputStream() {
                private long rest = bytes;

                @Override
                public int read() {
                    return rest-- > 0 ? 0 : -1;
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    if (rest <= 0) {
                        return -1;
                    }
                    int count = (int) Math.min(rest, length);
                    Arrays.fill(target, offset, offset + count, (byte) 0);
                    rest -= count;
                    return count;
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {FIVE_MB - 1, FIVE_MB + 1})
    void publishesNothingWhenTheContentIsNotAsLongAsItSays(long said) throws Exception {
        byte[] bytes = random(FIVE_MB);

        try (Destination destination = connect()) {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.put(NAME, new BytesContent(bytes).saying(said), count -> {}))
                    .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.CopyDiffers.class));
        }
        assertThat(present()).doesNotContain(NAME);
    }

    @Test
    void stopsInTheMiddleWhenCancelled() throws Exception {
        byte[] bytes = random(FIVE_MB);

        try (Destination destination = connect()) {
            AtomicReference<Stopwatch> watch = new AtomicReference<>();
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.put(
                            NAME,
                            new BytesContent(bytes).at(1_000_000, () -> {
                                watch.set(Stopwatch.start());
                                cancellation.cancel(new Problem.Cancelled());
                            }),
                            count -> {}))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.Cancelled()));
            assertThat(watch.get().elapsed()).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(present()).doesNotContain(NAME);
    }

    @Test
    void doesNotBeginWhenCancelled() {
        cancellation.cancel(new Problem.Stopping());

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(this::connect)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.Stopping()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../up.gz",
                "sub/dir.gz",
                "/etc/passwd",
                ".hidden",
                "name.gz.part",
                "x\r\nDELE other.gz",
                "x\n",
                "nul\0byte",
                "back\\slash",
                "Umlaut-Ä",
                "star*"
            })
    void refusesNamesThatAreNotPlain(String name) throws Exception {
        try (Destination destination = connect()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> destination.put(name, new BytesContent(random(1)), bytes -> {}));
            assertThatIllegalArgumentException().isThrownBy(() -> destination.open(name));
            assertThatIllegalArgumentException().isThrownBy(() -> destination.stat(name));
            assertThatIllegalArgumentException().isThrownBy(() -> destination.delete(name));
        }
        assertThat(present()).isEmpty();
    }

    @Test
    void refusesHostileDirectories() {
        assertThat(hostileDirectories()).isNotEmpty().allSatisfy(hostile -> assertThatExceptionOfType(
                        BackupException.class)
                .isThrownBy(() -> provider().connect(hostile, List.of(), cancellation)));
    }

    @Test
    void deletesWhatIsThereAndMindsNotWhatIsNot() throws Exception {
        try (Destination destination = connect()) {
            destination.put(NAME, new BytesContent(random(100)), bytes -> {});
            destination.put("other.gz", new BytesContent(random(200)), bytes -> {});

            destination.delete(NAME);
            destination.delete(NAME);

            assertThat(destination.stat(NAME)).isEmpty();
            assertThat(destination.list()).containsExactly(new StoredFile("other.gz", 200));
        }
        assertThat(present()).containsExactly("other.gz");
    }

    @Test
    void saysThatWhatIsNotThereCannotBeRead() throws Exception {
        try (Destination destination = connect()) {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.open(NAME))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.UnknownBackup(NAME)));
        }
    }

    @Test
    void goesOnAfterAFileWasReadInPart() throws Exception {
        byte[] bytes = random(FIVE_MB);
        try (Destination destination = connect()) {
            destination.put(NAME, new BytesContent(bytes), count -> {});

            try (InputStream in = destination.open(NAME)) {
                assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(bytes, 1000));
            }

            assertThat(destination.stat(NAME)).contains(new StoredFile(NAME, FIVE_MB));
            assertThat(read(destination, NAME)).isEqualTo(bytes);
        }
    }

    @Test
    void canBeClosedTwice() throws Exception {
        Destination destination = connect();
        destination.put(NAME, new BytesContent(random(1)), bytes -> {});
        destination.close();
        destination.close();

        assertThat(present()).containsExactly(NAME);
    }

    private Destination connect() throws BackupException {
        return provider().connect(directory(), List.of(), cancellation);
    }

    private static byte[] read(Destination destination, String name) throws BackupException, IOException {
        try (InputStream in = destination.open(name)) {
            return in.readAllBytes();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
