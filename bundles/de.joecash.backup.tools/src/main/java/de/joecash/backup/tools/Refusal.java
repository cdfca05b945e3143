package de.joecash.backup.tools;

/** A dump holds what no dump that we restore holds. The message never quotes a value. */
public class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says what it holds.
     *
     * @param detail without a value
     */
    public Refusal(String detail) {
        super(detail);
    }

    /**
     * Refuses where something is not right.
     *
     * @param right whether it is
     * @param otherwise what it holds if not
     * @throws Refusal if not
     */
    public static void unless(boolean right, String otherwise) throws Refusal {
        if (!right) {
            throw new Refusal(otherwise);
        }
    }
}
