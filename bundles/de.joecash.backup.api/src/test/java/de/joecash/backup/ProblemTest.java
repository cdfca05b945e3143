package de.joecash.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {
    static Stream<Problem> everyProblem() throws ReflectiveOperationException {
        List<Problem> all = new ArrayList<>();
        for (Class<?> type : Problem.class.getPermittedSubclasses()) {
            if (type == Problem.MediumRefused.class) {
                for (Problem.MediumRefused.Reason reason : Problem.MediumRefused.Reason.values()) {
                    all.add(new Problem.MediumRefused("/media/usb0", reason));
                }
            } else {
                all.add(sample(type));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everyProblem")
    void namesCauseConsequenceAndNextStepInGermanAndEnglish(Problem problem) {
        for (Locale locale : List.of(Locale.GERMANY, Locale.ENGLISH)) {
            for (String sentence :
                    List.of(problem.cause(locale), problem.consequence(locale), problem.nextStep(locale))) {
                assertThat(sentence).endsWith(".").doesNotContain("{").hasSizeGreaterThan(10);
            }
        }
        assertThat(problem.cause(Locale.GERMAN)).isNotEqualTo(problem.cause(Locale.ENGLISH));
        assertThat(problem.message(Locale.FRENCH)).isEqualTo(problem.message(Locale.ENGLISH));
    }

    @ParameterizedTest
    @MethodSource("everyProblem")
    void hasWordsOfItsOwnForItsCause(Problem problem) {
        if (!(problem instanceof Problem.Unexpected)) {
            assertThat(problem.cause(Locale.ENGLISH)).doesNotStartWith("Something went wrong");
        }
    }

    @Test
    void namesADestinationAsPeopleDo() {
        assertThat(new Problem.ServerUnreachable("data-centre", "timed out").cause(Locale.GERMAN))
                .startsWith("„JoeCash-Rechenzentrum“ ist nicht erreichbar");
        assertThat(new Problem.ServerUnreachable("nas", "timed out").cause(Locale.GERMAN))
                .startsWith("„nas“ ist nicht erreichbar");
    }

    @Test
    void givesTheHostsWordsInTheReadersLanguage() {
        Problem problem = new Problem.BooksWrong(
                "42",
                List.of(
                        new Finding("Beleg 17 fehlt", "receipt 17 is missing"),
                        new Finding("Z 3 fehlt", "Z 3 is missing")));

        assertThat(problem.cause(Locale.GERMANY)).endsWith("stimmen nicht: Beleg 17 fehlt; Z 3 fehlt.");
        assertThat(problem.cause(Locale.UK)).endsWith("are wrong: receipt 17 is missing; Z 3 is missing.");
    }

    private static Problem sample(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(types).map(ProblemTest::value).toArray();
        return (Problem) type.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object value(Class<?> type) {
        if (type == long.class) {
            return 12_345_678L;
        }
        if (type == List.class) {
            return List.of("A", "B");
        }
        return type == Run.Kind.class ? Run.Kind.CREATE : "something";
    }
}
