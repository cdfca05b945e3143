package de.joecash.backup.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command's words, of which its options are taken out wherever they stand. */
final class Words {
    private final List<String> words;

    Words(String... words) {
        this.words = new ArrayList<>(List.of(words));
    }

    /** Takes an option that has no value; says whether it was there. */
    boolean take(String option) {
        return words.remove(option);
    }

    /** Takes an option and its value, if it is there; one that has none stays where it is. */
    Optional<String> takeValue(String option) {
        int place = words.indexOf(option);
        if (place < 0 || place + 1 == words.size() || words.get(place + 1).startsWith("--")) {
            return Optional.empty();
        }
        words.remove(place);
        return Optional.of(words.remove(place));
    }

    /** What was not taken; an option that nobody knows is among them. */
    List<String> rest() {
        return List.copyOf(words);
    }
}
