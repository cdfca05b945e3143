package de.joecash.backup.update.internal.apply;

/** The updater itself was stopped in the middle. What it had begun is taken back when it is started again. */
public final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped");
    }
}
