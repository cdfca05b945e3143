package de.joecash.backup.core.internal.files;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sees to it that entries come as one tree is walked: each directory before what is in it, and that in the order of its
 * names. So nothing stands twice and nothing lies below a file or a link; and that takes memory for the directories
 * around an entry alone, however many entries there are. Not thread-safe.
 */
final class EntryOrder {
    private final Deque<Level> around = new ArrayDeque<>();

    /** A directory that is open, and the last name that came in it. */
    private static final class Level {
        private final String directory;
        private String last = "";

        Level(String directory) {
            this.directory = directory;
        }
    }

    EntryOrder() {
        around.push(new Level(""));
    }

    /** Whether an entry may come next. */
    boolean accepts(Entry entry) {
        String name = entry.name();
        int slash = name.lastIndexOf('/');
        String directory = slash < 0 ? "" : name.substring(0, slash);
        String part = name.substring(slash + 1);
        while (!around.isEmpty() && !around.peek().directory.equals(directory)) {
            around.pop();
        }
        if (around.isEmpty() || around.peek().last.compareTo(part) >= 0) {
            return false;
        }
        around.peek().last = part;
        if (entry.kind() == Entry.Kind.DIRECTORY) {
            around.push(new Level(name));
        }
        return directory.isEmpty() ? entry.kind() == Entry.Kind.DIRECTORY : true;
    }
}
