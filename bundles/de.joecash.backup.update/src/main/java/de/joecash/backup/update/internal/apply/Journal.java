package de.joecash.backup.update.internal.apply;

import java.util.List;

/**
 * What an update that is under way has to put back if it does not end well. Written before anything is changed.
 *
 * @param set its name
 * @param version the set's
 * @param replaced in the order in which they are started
 * @param added the locations of bundles that were not there before
 * @param before how everything was that the update touches
 */
record Journal(String set, String version, List<Replaced> replaced, List<String> added, List<Before> before) {
    /** Keeps copies; a text that lacks one of them is no journal. */
    Journal {
        replaced = List.copyOf(replaced);
        added = List.copyOf(added);
        before = List.copyOf(before);
    }

    /**
     * A bundle that is replaced.
     *
     * @param location of the bundle
     * @param file of what it was, in the folder for that
     */
    record Replaced(String location, String file) {}

    /**
     * How a bundle was.
     *
     * @param symbolicName for people
     * @param up the components that were satisfied
     * @param waiting those that were not
     */
    record Before(String location, String symbolicName, boolean active, List<String> up, List<String> waiting) {
        /** Keeps copies. */
        Before {
            up = List.copyOf(up);
            waiting = List.copyOf(waiting);
        }
    }

    boolean wasActive(String location) {
        return before.stream().anyMatch(one -> one.location().equals(location) && one.active());
    }
}
