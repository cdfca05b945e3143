package de.joecash.backup.core.internal.seal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Who can open what is sealed: age's X25519 recipients (C2SP age.md), in the order given and each once.
 *
 * @param values {@code age1…}, none of them wrong; perhaps none at all
 */
public record Recipients(List<String> values) {
    /** The header of a sealed file names them all; this many are more than anybody has. */
    private static final int MOST = 20;

    private static final int SHOWN = 16;

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException naming the first that is wrong, and why; a private key is not repeated
     */
    public Recipients {
        values = List.copyOf(new LinkedHashSet<>(values));
        if (values.size() > MOST) {
            throw new IllegalArgumentException(values.size() + " recipients; " + MOST + " are the most");
        }
        for (int i = 0; i < values.size(); i++) {
            check(i + 1, values.get(i));
        }
    }

    /** Nobody. */
    public static Recipients none() {
        return new Recipients(List.of());
    }

    /** Leaves out blanks around, and empty ones: as people write lists. */
    public static Recipients of(List<String> written) {
        return new Recipients(written.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList());
    }

    /** Adds others behind. */
    public Recipients and(Recipients others) {
        List<String> all = new ArrayList<>(values);
        all.addAll(others.values);
        return new Recipients(all);
    }

    /** Whether there is nobody. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    private static void check(int number, String value) {
        if (!value.startsWith(AgeKey.RECIPIENT_PREFIX + "1")) {
            boolean secret = value.regionMatches(true, 0, AgeKey.IDENTITY_PREFIX, 0, AgeKey.IDENTITY_PREFIX.length());
            throw new IllegalArgumentException("Recipient " + number
                    + (secret
                            ? " is a private key, which must not be here: enter the public one, age1…"
                            : " does not begin with age1"));
        }
        if (AgeKey.recipientBytes(value).isEmpty()) {
            throw new IllegalArgumentException("Recipient " + number + ", " + shown(value)
                    + ", is not an X25519 recipient of age: it is mistyped, cut off or of another kind");
        }
    }

    private static String shown(String value) {
        String printable = value.replaceAll("[^a-z0-9]", "?");
        return printable.length() > SHOWN ? printable.substring(0, SHOWN) + "…" : printable;
    }
}
