package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchProblemTest {
    private static final String MARK = "K7QX-2M9F-AB3D-WTRZ-58HN-VCEG";

    private final Locale before = Locale.getDefault();

    @BeforeEach
    void speaksEnglish() {
        Locale.setDefault(Locale.UK);
    }

    @AfterEach
    void speaksAsBefore() {
        Locale.setDefault(before);
    }

    /** Speaks as the problems of the backup do, which are records in a bundle. */
    public interface Spoken {
        String destination();

        default String cause(Locale locale) {
            return "\"" + destination() + "\" is the cause.";
        }

        default String message(Locale locale) {
            return cause(locale) + " It waits in the queue.";
        }
    }

    public record ServerUnreachable(String destination) implements Spoken {}

    public record HostKeyUnknown(String destination) implements Spoken {}

    public record NoSpace(String destination) implements Spoken {}

    private static RemotePlace place(String from) throws Refusal {
        return RemotePlace.of(FetchOptions.parse("fetch", "--from", from, "--user", "u"));
    }

    @Test
    void callsTheServerByItsAddressAndPromisesNoQueue() throws Refusal {
        RemotePlace place = place("ftp://backup.example.com/salon");

        assertThat(new FetchProblem(new ServerUnreachable(place.destination())).words(place))
                .startsWith("\"backup.example.com\" is the cause. Nothing was fetched.")
                .contains("--from")
                .doesNotContain("queue");
        RemotePlace store = place("s3://store.example.com/tills");
        assertThat(new FetchProblem(new HostKeyUnknown(store.destination())).words(store))
                .startsWith("\"https://store.example.com:443\"")
                .contains("--host-key");
    }

    @Test
    void leavesToAllOthersTheirOwnWords() throws Refusal {
        RemotePlace place = place("sftp://backup.example.com/salon");

        assertThat(new FetchProblem(new NoSpace(place.destination())).words(place))
                .isEqualTo("\"backup.example.com\" is the cause. It waits in the queue.");
    }

    @Test
    void hasWordsForEachThatIsToldOtherwiseHere() {
        for (Locale locale : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            assertThat(FetchProblem.OWN_WORDS)
                    .allSatisfy(code -> assertThat(Texts.text(locale, "fetch.problem." + code))
                            .endsWith("."));
        }
    }

    @Test
    void saysThatAFingerprintIsAnothersOnlyWhereNothingBearsIt() {
        assertThat(FetchCommand.fingerprintHint(Optional.empty(), List.of())).contains("--fingerprint");
        assertThat(FetchCommand.fingerprintHint(Optional.of(MARK), List.of())).contains(MARK, "that of another till");
        assertThat(FetchCommand.fingerprintHint(Optional.of(MARK), List.of("g", "f", "e", "d", "c", "b", "a")))
                .contains("This backup is another till's", MARK, "g, f, e, d, c.")
                .doesNotContain("that of another till");
    }
}
