package de.joecash.backup.spi;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** A password or key that no text shows. Immutable; equal where the characters are. */
@ProviderType
public final class Secret {
    private final char[] value;

    /**
     * Keeps a copy.
     *
     * @param value the characters
     */
    public Secret(CharSequence value) {
        this.value = Objects.requireNonNull(value, "value").toString().toCharArray();
    }

    /**
     * Says whether there is nothing.
     *
     * @return whether it has no characters
     */
    public boolean isEmpty() {
        return value.length == 0;
    }

    /**
     * Lends the characters.
     *
     * @param <T> what comes of it
     * @param use receives a copy that is wiped when it returns
     * @return what {@code use} returned
     */
    public <T> T use(Function<char[], T> use) {
        char[] copy = value.clone();
        try {
            return use.apply(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(value, secret.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
