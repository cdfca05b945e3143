package de.joecash.pos.runtime;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A password or key that no text shows. As {@code de.joecash.backup.spi.Secret}, which lies in a bundle, the launcher
 * outside of all of them.
 */
final class Secret {
    private final char[] value;

    Secret(CharSequence value) {
        this.value = value.toString().toCharArray();
    }

    /** Lends a copy of the characters that is wiped when {@code use} returns. */
    <T> T use(Function<char[], T> use) {
        char[] copy = value.clone();
        try {
            return use.apply(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    boolean isEmpty() {
        return value.length == 0;
    }

    @Override
    public String toString() {
        return "***";
    }
}
