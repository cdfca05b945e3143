package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.BackupId;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which backups the live database grew out of. Each restore in its place sets it back to the backup that was restored:
 * what was backed up between that one and the restore is of a database that is gone, until a restore brings that back.
 *
 * @param restores the oldest first
 */
record Ancestry(List<Restore> restores) {
    /** None of them was ever restored. */
    static final Ancestry NONE = new Ancestry(List.of());

    /** What nobody restored for so long says nothing any more: that many are known. */
    private static final int MOST = 100;

    /** No backup has this name. */
    private static final BackupId NOBODY_KNOWS = new BackupId("unknown-1970-01-01T000000-000001");

    private static final String FILE = "restores";
    private static final long LONGEST = 100_000;
    private static final String ELSEWHERE = "elsewhere";

    /**
     * A restore in the live database's place.
     *
     * @param backup what was restored
     * @param elsewhere whether another till made it, or this one before its key was lost
     * @param after the newest backup that there was
     */
    record Restore(BackupId backup, boolean elsewhere, BackupId after) {}

    Ancestry {
        restores = List.copyOf(restores);
    }

    /**
     * Reads what was restored from a backup folder; nothing where nothing was.
     *
     * @throws IllegalArgumentException if what is there is broken
     * @throws IOException if it cannot be read
     */
    static Ancestry open(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            return read(Files.size(file) > LONGEST ? "too long" : Files.readString(file));
        } catch (NoSuchFileException e) {
            return NONE;
        }
    }

    /**
     * What is known where nobody knows what was restored: no backup counts that there is, for one that is made now is
     * of the live database in any case.
     *
     * @param newest the newest backup, if there is one
     */
    static Ancestry unknown(Optional<BackupId> newest) {
        return newest.map(id -> NONE.with(new Restore(NOBODY_KNOWS, true, id))).orElse(NONE);
    }

    void write(Path folder) throws IOException {
        SyncedFiles.replace(folder.resolve(FILE), text().getBytes(StandardCharsets.UTF_8));
    }

    Ancestry with(Restore restore) {
        List<Restore> more = new ArrayList<>(restores);
        more.add(restore);
        return new Ancestry(more.subList(Math.max(0, more.size() - MOST), more.size()));
    }

    Ancestry withoutLast() {
        return new Ancestry(restores.subList(0, Math.max(0, restores.size() - 1)));
    }

    /** The last restore. */
    Optional<Restore> last() {
        return restores.isEmpty() ? Optional.empty() : Optional.of(restores.get(restores.size() - 1));
    }

    /**
     * Says whether the live database grew out of a backup's.
     *
     * @param elsewhere whether another till made it: of those only what was restored counts
     */
    boolean includes(BackupId backup, boolean elsewhere) {
        Optional<Restore> from = Optional.empty();
        for (int i = restores.size() - 1; i >= 0; i--) {
            Restore restore = restores.get(i);
            boolean inBetween =
                    from.isEmpty() || restore.after().compareTo(from.get().backup()) < 0;
            if (inBetween && from.filter(Restore::elsewhere).isEmpty()) {
                if (!elsewhere && backup.compareTo(restore.after()) > 0 && upTo(backup, from)) {
                    return true;
                }
                from = Optional.of(restore);
            }
        }
        boolean theirs = from.filter(Restore::elsewhere).isPresent();
        return elsewhere ? theirs && backup.equals(from.get().backup()) : !theirs && upTo(backup, from);
    }

    private static boolean upTo(BackupId backup, Optional<Restore> from) {
        return from.isEmpty() || backup.compareTo(from.get().backup()) <= 0;
    }

    /** A line for each restore: what was restored, the newest there was, and whether it came from elsewhere. */
    String text() {
        return restores.stream()
                .map(restore ->
                        restore.backup() + " " + restore.after() + (restore.elsewhere() ? " " + ELSEWHERE : "") + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Ancestry read(String text) {
        return new Ancestry(text.lines().map(Ancestry::restore).toList());
    }

    private static Restore restore(String line) {
        String[] words = line.split(" ", -1);
        if (words.length < 2 || words.length > 3 || (words.length == 3 && !words[2].equals(ELSEWHERE))) {
            throw new IllegalArgumentException("Not a restore");
        }
        return new Restore(new BackupId(words[0]), words.length == 3, new BackupId(words[1]));
    }
}
