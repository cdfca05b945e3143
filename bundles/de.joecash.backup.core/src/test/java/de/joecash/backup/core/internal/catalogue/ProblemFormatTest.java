package de.joecash.backup.core.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemFormatTest {
    @Test
    void givesBackWhatWasWritten() {
        List<Problem> problems = List.of(
                new Problem.NoSpace("/backups", 2, 1),
                new Problem.Busy(Run.Kind.RESTORE),
                new Problem.MediumRefused("/media/usb0", Problem.MediumRefused.Reason.MISSING),
                new Problem.ContentsDiffer("x", List.of("A", "B")));

        assertThat(problems).allSatisfy(problem -> assertThat(ProblemFormat.read(ProblemFormat.write(problem)))
                .isEqualTo(problem));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"code\":null}",
                "{\"code\":[]}",
                "{\"code\":\"OfALaterVersion\"}",
                "{\"code\":\"Busy\"}",
                "{\"code\":\"MediumRefused\",\"path\":\"/media/usb0\",\"reason\":\"OF_A_LATER_VERSION\"}",
                "{\"code\":\"NoSpace\",\"needed\":\"x\"}"
            })
    void readsWhatItDoesNotKnowAsSomethingUnexpected(String text) {
        assertThat(ProblemFormat.read(JsonParser.parseString(text).getAsJsonObject()))
                .isInstanceOf(Problem.Unexpected.class);
    }
}
