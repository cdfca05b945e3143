package de.joecash.backup.source.h2.internal;

/** A statement holds what a dump of {@code SCRIPT} that we restore does not hold. The message never quotes a value. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String detail) {
        super(detail);
    }
}
