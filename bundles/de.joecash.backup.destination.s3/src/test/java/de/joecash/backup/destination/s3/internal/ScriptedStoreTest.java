package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.destination.s3.internal.ScriptedStore.Answer;
import de.joecash.backup.destination.s3.internal.ScriptedStore.Asked;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no real store does when asked to. */
class ScriptedStoreTest {
    private static final byte[] HELLO = "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    403, SignatureDoesNotMatch, LoginRefused
                    403, InvalidAccessKeyId,    LoginRefused
                    403, AccessDenied,          ServerRefused
                    403, RequestTimeTooSkewed,  ClockDoubtful
                    404, NoSuchBucket,          ServerRefused
                    503, SlowDown,              ServerBusy
                    500, InternalError,         ServerBusy
                    429, TooManyRequests,       ServerBusy
                    403, QuotaExceeded,         ServerFull
                    507, InsufficientStorage,   ServerFull
                    """)
    void saysWhatAnErrorMeansAndAsksOnce(int status, String code, String problem) throws Exception {
        try (ScriptedStore store = new ScriptedStore(asked -> Optional.of(Answer.error(status, code)))) {
            assertThat(problem(() -> connect(store.bucket())).code()).isEqualTo(problem);
            assertThat(store.asked()).hasSize(1);
        }
    }

    private static ScriptedStore listing(String entries) throws Exception {
        return answering(
                "LIST",
                asked -> Answer.of(
                        200, "<ListBucketResult><IsTruncated>false</IsTruncated>" + entries + "</ListBucketResult>"));
    }

    private static String object(String key, long size) {
        return "<Contents><Key>" + key + "</Key><Size>" + size + "</Size></Contents>";
    }

    @Test
    void aHostileListGivesOnlyFilesOfOurForm() throws Exception {
        StringBuilder entries = new StringBuilder();
        for (String key : List.of(
                "",
                "kasse1/",
                "kasse1/..",
                "kasse1/../up.gz",
                "kasse1/sub/a.gz",
                "/etc/passwd",
                "kasse2/a.gz",
                "kasse1/back\\slash.gz",
                "kasse1/a.gz&#13;&#10;DELETE good.gz",
                "kasse1/a.gz&#10;",
                "kasse1/&#x202E;zg.a",
                "kasse1/Stra\uFFFDe.gz",
                "kasse1/" + "k".repeat(121),
                "kasse1/" + "k".repeat(256),
                "kasse1/" + "k".repeat(100_000),
                "kasse1/a.gz.part")) {
            entries.append(object(key, 1));
        }
        entries.append("<Contents><Key>kasse1/none.gz</Key></Contents>");
        entries.append(object("kasse1/negative.gz", -1)).append(object("kasse1/good.gz", 5));
        try (ScriptedStore store = listing(entries.toString());
                Destination destination = store.bucket().provider().connect("kasse1", List.of(), new Cancellation())) {
            assertThat(destination.list()).containsExactly(new Destination.StoredFile("good.gz", 5));
        }
    }

    @Test
    void aListThatSaysOneNameTwiceIsRefused() throws Exception {
        try (ScriptedStore store = listing(object("kasse1/a.gz", 1) + object("kasse1/a.gz", 2));
                Destination destination = connect(store.bucket())) {
            assertThat(problem(destination::list))
                    .isEqualTo(new Problem.ServerRefused(TestBucket.ID, "the list of files names a.gz twice"));
        }
    }

    @Test
    void aListThatDoesNotEndIsRefused() throws Exception {
        String page =
                "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
                        + object("kasse1/no name", 1).repeat(20_000) + "</ListBucketResult>";
        try (ScriptedStore store = answering("LIST", asked -> Answer.of(200, page));
                Destination destination = connect(store.bucket())) {
            assertThat(problem(destination::list))
                    .isEqualTo(new Problem.ServerRefused(TestBucket.ID, "the list of files does not end"));
        }
    }

    /** NUL has no place in XML, bytes have to be UTF-8, and what grows when it is read is not read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ListBucketResult><Contents><Key>a&#0;.gz</Key><Size>1</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>a\0.gz</Key><Size>1</Size></Contents></ListBucketResult>",
                "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><ListBucketResult><Contents><Key>&b;"
                        + "</Key><Size>1</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Contents><Key>a.gz</Key><Size>many</Size></Contents></ListBucketResult>",
                "<ListBucketResult>",
                "nonsense"
            })
    void aListThatIsNoneIsRefusedInWords(String body) throws Exception {
        try (ScriptedStore store = answering("LIST", asked -> Answer.of(200, body))) {
            Problem problem = problem(() -> connect(store.bucket()).list());
            assertThat(problem)
                    .isInstanceOfSatisfying(Problem.ServerRefused.class, refused -> assertThat(refused.reply())
                            .startsWith("no answer of an S3 store")
                            .hasSizeLessThan(210)
                            .doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
        }
    }

    @Test
    void aFileOfWhichNobodySaysHowLongItIsCannotBeRead() throws Exception {
        try (ScriptedStore store = answering("HEAD", asked -> Answer.of(200, ""));
                Destination destination = connect(store.bucket())) {
            Problem expected = new Problem.ServerRefused(TestBucket.ID, "the store does not say how long a.gz is");
            assertThat(problem(() -> destination.stat("a.gz"))).isEqualTo(expected);
            assertThat(problem(() -> destination.open("a.gz"))).isEqualTo(expected);
        }
    }

    @Test
    void doesNotBelieveChecksumsOfOtherBytes() throws Exception {
        try (ScriptedStore store =
                        answering("PART", asked -> checksum("7d5Xy0D7lCPSNrEtxz7jmXdkNOSE2dOeQpS7BLCAzgE="));
                Destination destination = connect(store.bucket())) {
            Problem problem =
                    problem(() -> destination.put("a.gz", new BytesContent(new byte[6_000_000]), count -> {}));
            assertThat(problem).isInstanceOf(Problem.CopyDiffers.class);
            assertThat(store.asked()).extracting(Asked::what).contains("ABORT").doesNotContain("END");
        }
    }

    @Test
    void readsBackWhatTheStoreShowsNoDigestOfAndTakesItAwayWhereItDiffers() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        Function<Asked, Optional<Answer>> script = asked -> switch (asked.what()) {
            case "PUT" -> {
                puts.incrementAndGet();
                yield Optional.of(new Answer(200, Map.of("ETag", "\"opaque\""), ""));
            }
            case "HEAD" ->
                Optional.of(
                        puts.get() == 0
                                ? Answer.of(404, "")
                                : new Answer(200, Map.of("ETag", "\"opaque\"", "Content-Length", "5"), ""));
            case "GET" -> Optional.of(Answer.of(200, puts.get() == 1 ? "hellO" : "hello"));
            default -> ScriptedStore.usual(asked);
        };
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket())) {
            assertThat(problem(() -> destination.put("a.gz", new BytesContent(HELLO), count -> {})))
                    .isInstanceOf(Problem.CopyDiffers.class);
            assertThat(store.asked()).extracting(Asked::what).endsWith("GET", "DELETE");
        }
    }

    @Test
    void asksWhatIsThereWhenTheAnswerWasLost() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        Function<Asked, Optional<Answer>> script = asked -> switch (asked.what()) {
            case "PUT" -> {
                puts.incrementAndGet();
                yield Optional.empty();
            }
            case "HEAD" ->
                Optional.of(
                        puts.get() == 0
                                ? Answer.of(404, "")
                                : new Answer(200, Map.of("ETag", HELLO_MD5, "Content-Length", "5"), ""));
            default -> ScriptedStore.usual(asked);
        };
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket())) {
            destination.put("a.gz", new BytesContent(HELLO), count -> {});

            assertThat(puts).hasValue(1);
        }
    }

    @Test
    void takesNothingOfAnotherContentForItsOwnWhenTheAnswerWasLost() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        Function<Asked, Optional<Answer>> script = asked -> switch (asked.what()) {
            case "PUT" -> {
                puts.incrementAndGet();
                yield Optional.empty();
            }
            case "HEAD" ->
                Optional.of(
                        puts.get() == 0
                                ? Answer.of(404, "")
                                : new Answer(200, Map.of("ETag", HELLO_MD5, "Content-Length", "6"), ""));
            default -> ScriptedStore.usual(asked);
        };
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket())) {
            assertThat(problem(() -> destination.put("a.gz", new BytesContent(HELLO), count -> {})))
                    .isEqualTo(new Problem.NameTaken(TestBucket.ID, "a.gz"));
        }
    }

    @Test
    void doesWithoutIfNoneMatchWhereTheStoreDoesNotKnowIt() throws Exception {
        Function<Asked, Optional<Answer>> script = asked ->
                asked.what().equals("PUT") && !asked.header("If-None-Match").isEmpty()
                        ? Optional.of(Answer.error(501, "NotImplemented"))
                        : ScriptedStore.usual(asked);
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket())) {
            destination.put("a.gz", new BytesContent(HELLO), count -> {});

            assertThat(store.asked()).extracting(Asked::what).endsWith("PUT", "PUT");
        }
    }

    @Test
    void theNameIsTakenWhereTheStoreSaysSoAtTheLastMoment() throws Exception {
        AtomicInteger heads = new AtomicInteger();
        Function<Asked, Optional<Answer>> script = asked -> switch (asked.what()) {
            case "PUT" -> Optional.of(Answer.error(412, "PreconditionFailed"));
            case "HEAD" ->
                Optional.of(
                        heads.getAndIncrement() == 0
                                ? Answer.of(404, "")
                                : new Answer(200, Map.of("ETag", HELLO_MD5, "Content-Length", "5"), ""));
            default -> ScriptedStore.usual(asked);
        };
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket())) {
            assertThat(problem(() -> destination.put("a.gz", new BytesContent(HELLO), count -> {})))
                    .isEqualTo(new Problem.NameTaken(TestBucket.ID, "a.gz"));
        }
    }

    @Test
    void listsNoHostileKeys() throws Exception {
        String listing =
                """
                <ListBucketResult><IsTruncated>false</IsTruncated>
                <Contents><Key>kasse1/../../etc/passwd</Key><Size>1</Size></Contents>
                <Contents><Key>kasse2/a.gz</Key><Size>1</Size></Contents>
                <Contents><Key>kasse1/a&#10;b.gz</Key><Size>1</Size></Contents>
                <Contents><Key>kasse1/%s.gz</Key><Size>1</Size></Contents>
                <Contents><Key>kasse1/minus.gz</Key><Size>-5</Size></Contents>
                <Contents><Key>kasse1/</Key><Size>0</Size></Contents>
                <Contents><Key>kasse1/good.gz</Key><Size>7</Size></Contents></ListBucketResult>"""
                        .formatted("k".repeat(256));
        try (ScriptedStore store = answering("LIST", asked -> Answer.of(200, listing));
                Destination destination = connect(store.bucket())) {
            assertThat(destination.list()).containsExactly(new Destination.StoredFile("good.gz", 7));
        }
    }

    @Test
    void endsAListThatDoesNotEnd() throws Exception {
        String listing = "<ListBucketResult><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>again</NextContinuationToken></ListBucketResult>";
        try (ScriptedStore store = answering("LIST", asked -> Answer.of(200, listing));
                Destination destination = connect(store.bucket())) {
            assertThat(problem(destination::list)).isInstanceOf(Problem.ServerRefused.class);
        }
    }

    @Test
    void whatIsNoStoreIsRefused() throws Exception {
        try (ScriptedStore store = new ScriptedStore(asked -> Optional.of(Answer.of(200, "<html>Login<br></html>")))) {
            assertThat(problem(() -> connect(store.bucket()))).isInstanceOf(Problem.ServerRefused.class);
        }
    }

    @Test
    void locksWhatItSends() throws Exception {
        Instant now = Instant.now();
        AtomicInteger puts = new AtomicInteger();
        Function<Asked, Optional<Answer>> script = asked -> switch (asked.what()) {
            case "HEAD" ->
                Optional.of(
                        puts.get() == 0
                                ? Answer.of(404, "")
                                : new Answer(
                                        200,
                                        Map.of(
                                                "Content-Length",
                                                "5",
                                                "x-amz-version-id",
                                                "v7",
                                                "x-amz-object-lock-retain-until-date",
                                                now.plusSeconds(30L * 86_400).toString()),
                                        ""));
            case "PUT" -> {
                puts.incrementAndGet();
                yield ScriptedStore.usual(asked);
            }
            case "DELETE" -> Optional.of(Answer.error(403, "AccessDenied"));
            default -> ScriptedStore.usual(asked);
        };
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket().locked(30))) {
            destination.put("a.gz", new BytesContent(HELLO), count -> {});

            Asked put = store.asked().stream()
                    .filter(asked -> asked.what().equals("PUT"))
                    .findFirst()
                    .orElseThrow();
            assertThat(put.header("x-amz-object-lock-mode")).isEqualTo("GOVERNANCE");
            assertThat(Instant.parse(put.header("x-amz-object-lock-retain-until-date")))
                    .isBetween(now.plusSeconds(30L * 86_400 - 1), now.plusSeconds(30L * 86_400 + 60));
            assertThat(problem(() -> destination.delete("a.gz")))
                    .isInstanceOfSatisfying(Problem.ServerRefused.class, problem -> assertThat(problem.reply())
                            .contains("locked until"));
            assertThat(store.asked().get(store.asked().size() - 1).query()).contains("versionId=v7");
        }
    }

    /** What a pack rests on must not be removable before the pack is. */
    @Test
    void locksWhatIsThereForAsLongAsWhatIsPutNow() throws Exception {
        AtomicReference<Instant> until = new AtomicReference<>(Instant.now().plus(5, ChronoUnit.DAYS));
        Function<Asked, Optional<Answer>> script = asked -> switch (asked.what()) {
            case "HEAD" ->
                Optional.of(new Answer(
                        200,
                        Map.of(
                                "Content-Length",
                                "5",
                                "x-amz-object-lock-mode",
                                "GOVERNANCE",
                                "x-amz-object-lock-retain-until-date",
                                until.get().truncatedTo(ChronoUnit.SECONDS).toString()),
                        ""));
            case "RETENTION" -> {
                until.set(Instant.now().plus(30, ChronoUnit.DAYS));
                yield Optional.of(Answer.of(200, ""));
            }
            default -> ScriptedStore.usual(asked);
        };
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket().locked(30))) {
            destination.retain("a.gz");
            destination.retain("a.gz");

            assertThat(store.asked()).extracting(Asked::what).containsOnlyOnce("RETENTION");
        }
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket())) {
            destination.retain("a.gz");

            assertThat(store.asked())
                    .as("without a lock there is nothing to ask")
                    .extracting(Asked::what)
                    .doesNotContain("HEAD", "RETENTION");
        }
    }

    @Test
    void keepsNothingInAStoreThatTakesALockAndDoesNotSetIt() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        Function<Asked, Optional<Answer>> script = asked -> switch (asked.what()) {
            case "PUT" -> {
                puts.incrementAndGet();
                yield ScriptedStore.usual(asked);
            }
            case "HEAD" ->
                Optional.of(puts.get() == 0 ? Answer.of(404, "") : new Answer(200, Map.of("Content-Length", "5"), ""));
            case "RETENTION" -> Optional.of(Answer.error(400, "InvalidRequest"));
            default -> ScriptedStore.usual(asked);
        };
        try (ScriptedStore store = new ScriptedStore(script);
                Destination destination = connect(store.bucket().locked(30))) {
            assertThat(problem(() -> destination.put("a.gz", new BytesContent(HELLO), count -> {})))
                    .isInstanceOf(Problem.ServerRefused.class);
            assertThat(store.asked()).extracting(Asked::what).endsWith("RETENTION", "DELETE");
        }
    }

    /** Everything that the SDK would look up by itself leads astray here. */
    @Test
    void takesKeysAndRegionFromItsConfigurationAlone(@TempDir Path home) throws Exception {
        Path file = Files.writeString(
                home.resolve("config"),
                """
                [default]
                region = eu-evil-1
                aws_access_key_id = EVIL
                aws_secret_access_key = evil
                endpoint_url = http://127.0.0.1:1
                use_fips_endpoint = true
                use_dualstack_endpoint = true
                defaults_mode = auto
                retry_mode = adaptive
                request_checksum_calculation = when_supported
                """);
        Map<String, String> evil = Map.of(
                "aws.accessKeyId", "EVIL",
                "aws.secretAccessKey", "evil",
                "aws.region", "eu-evil-1",
                "aws.endpointUrl", "http://127.0.0.1:1",
                "aws.retryMode", "adaptive",
                "aws.useFipsEndpoint", "true",
                "aws.configFile", file.toString(),
                "aws.sharedCredentialsFile", file.toString());
        evil.forEach(System::setProperty);
        try (ScriptedStore store = new ScriptedStore(ScriptedStore::usual);
                Destination destination = connect(store.bucket())) {
            destination.put("a.gz", new BytesContent(HELLO), count -> {});

            assertThat(store.asked()).isNotEmpty().allSatisfy(asked -> assertThat(asked.header("Authorization"))
                    .contains("Credential=" + TestBucket.ACCESS_KEY + "/")
                    .contains("/us-east-1/s3/"));
            assertThat(store.asked().toString()).doesNotContain(TestBucket.SECRET_KEY);
        } finally {
            evil.keySet().forEach(System::clearProperty);
        }
    }

    private static Answer checksum(String value) {
        return new Answer(200, Map.of("ETag", "\"x\"", "x-amz-checksum-sha256", value), "");
    }

    private static ScriptedStore answering(String what, Function<Asked, Answer> answer) throws IOException {
        return new ScriptedStore(
                asked -> asked.what().equals(what) ? Optional.of(answer.apply(asked)) : ScriptedStore.usual(asked));
    }

    private static Destination connect(TestBucket bucket) throws BackupException {
        return bucket.provider().connect("kasse1", List.of(), new Cancellation());
    }

    private static Problem problem(ThrowingCallable action) {
        return catchThrowableOfType(BackupException.class, action).problem();
    }
}
