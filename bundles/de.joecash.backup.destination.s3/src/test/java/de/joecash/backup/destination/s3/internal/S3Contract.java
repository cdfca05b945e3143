package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.DestinationContract;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against a store. */
abstract class S3Contract extends DestinationContract {
    private static final String DIRECTORY = "tills/Straße 1+2/kasse1";
    private static final String PART = ".part";

    private S3Provider provider;

    /** The bucket, which is empty before each test. */
    abstract TestBucket bucket();

    @AfterEach
    void stopProvider() {
        if (provider != null) {
            provider.stop();
        }
    }

    @Override
    protected DestinationProvider provider() {
        if (provider == null) {
            provider = bucket().provider();
        }
        return provider;
    }

    @Override
    protected String directory() {
        return DIRECTORY;
    }

    @Override
    protected List<String> hostileDirectories() {
        return List.of("..", "../up", "tills/../..", "tills\r\nx-amz-acl: public-read", "nul\0", "..\\up");
    }

    /** What another destination would have as a {@code .part} file is an upload that was not ended. */
    @Override
    protected void place(String name, byte[] bytes) throws IOException {
        if (name.endsWith(PART)) {
            bucket().begin(DIRECTORY + "/" + name.substring(0, name.length() - PART.length()), bytes);
        } else {
            bucket().place(DIRECTORY + "/" + name, bytes);
        }
    }

    @Override
    protected Set<String> present() throws IOException {
        Stream<String> open = bucket().uploads().stream().map(upload -> upload.key() + PART);
        return Stream.concat(bucket().objects().keySet().stream(), open)
                .map(key -> key.substring(DIRECTORY.length() + 1))
                .collect(Collectors.toSet());
    }

    /** The part that was read when the line was cut, and the one that was being sent. */
    @Override
    protected long sentAgainAtMost() {
        return 2L * bucket().settings().partBytes();
    }

    @Test
    void leavesNoOpenUploadOfContentThatCannotBeRead() throws Exception {
        byte[] bytes = new byte[12_000_000];
        IOException broken = new IOException("disk broken");
        try (Destination destination = provider().connect(DIRECTORY, List.of(), new Cancellation())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> destination.put(
                            "a.gz",
                            new BytesContent(bytes).at(8_000_000, () -> {
                                throw broken;
                            }),
                            count -> {}))
                    .isSameAs(broken);
        }
        assertThat(bucket().uploads()).isEmpty();
        assertThat(bucket().objects()).isEmpty();
    }

    @Test
    void leavesNoOpenUploadOfContentThatIsLongerThanItSays() throws Exception {
        byte[] bytes = new byte[12_000_000];
        try (Destination destination = provider().connect(DIRECTORY, List.of(), new Cancellation())) {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.put("a.gz", new BytesContent(bytes).saying(11_999_999), count -> {}))
                    .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.CopyDiffers.class));
        }
        assertThat(bucket().uploads()).isEmpty();
    }

    @Test
    void takesNoDirectoryForAFile() throws Exception {
        bucket().place("tills/kasse1/a.gz", new byte[10]);
        try (Destination destination = provider().connect("/tills/", List.of(), new Cancellation())) {
            assertThat(destination.list()).isEmpty();
            assertThat(destination.stat("kasse1")).isEmpty();
        }
    }

    @Test
    void isRefusedWithAWrongSecret() {
        refused(bucket().secret("wrong"), new Problem.LoginRefused(TestBucket.ID));
    }

    @Test
    void isRefusedWithoutTheBucket() {
        S3Provider wrong = bucket().named("nobodys").provider();
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> wrong.connect("", List.of(), new Cancellation()))
                .satisfies(e -> assertThat(e.problem())
                        .isInstanceOfSatisfying(Problem.ServerRefused.class, problem -> assertThat(problem.reply())
                                .contains("NoSuchBucket")));
    }

    private static void refused(TestBucket bucket, Problem problem) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> bucket.provider().connect("", List.of(), new Cancellation()))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
