package de.joecash.backup.source.postgresql.internal;

/** A dump holds what no dump that we restore holds. The message never quotes a value. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String detail) {
        super(detail);
    }
}
