package de.joecash.pos.database;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * A database user and password. The password leaves only into the function given to {@link #withPassword}; neither
 * {@code toString} nor serialisation shows it. Immutable.
 */
public final class Credentials {
    private final String user;
    private final char[] password;

    /**
     * Keeps a copy of the password.
     *
     * @param user the user's name
     * @param password the password; the caller may wipe its array afterwards
     */
    public Credentials(String user, char[] password) {
        this.user = Objects.requireNonNull(user, "user");
        this.password = password.clone();
    }

    /**
     * Names the user.
     *
     * @return the name
     */
    public String user() {
        return user;
    }

    /**
     * Lends the password.
     *
     * @param <T> what comes of it
     * @param use receives a copy that is wiped when it returns
     * @return what {@code use} returned
     */
    public <T> T withPassword(Function<char[], T> use) {
        char[] copy = password.clone();
        try {
            return use.apply(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", ***]";
    }
}
