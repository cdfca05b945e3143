package de.joecash.backup.core.internal.transfer;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What comes and goes, the greatest rank first. Thread-safe; a look at it sees what is there at that moment.
 *
 * @param <T> what comes and goes
 */
public final class Ranked<T> {
    private final Map<Object, T> all = new ConcurrentSkipListMap<>(Collections.reverseOrder());

    /** Begins empty. */
    public Ranked() {}

    /**
     * Adds one.
     *
     * @param rank comparable with every other rank here
     */
    public void add(Comparable<?> rank, T one) {
        all.put(rank, one);
    }

    /** Removes the one of a rank. */
    public void remove(Comparable<?> rank) {
        all.remove(rank);
    }

    /** All of them. */
    Collection<T> all() {
        return all.values();
    }

    /** The first of them. */
    public Optional<T> first() {
        return all.values().stream().findFirst();
    }
}
