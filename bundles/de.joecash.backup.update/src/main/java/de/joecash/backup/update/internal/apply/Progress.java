package de.joecash.backup.update.internal.apply;

/** Is told, by a key of the texts, how far an update is. */
@FunctionalInterface
public interface Progress {
    /** Says so to people. Called by the updater's thread. */
    void tell(String key, Object... arguments);
}
