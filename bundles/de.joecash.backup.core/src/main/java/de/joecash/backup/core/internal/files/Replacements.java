package de.joecash.backup.core.internal.files;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import de.joecash.backup.core.internal.disk.SystemWords;
import de.joecash.backup.spi.KeptFolders;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that a restore replaces, and a journal of it on the disk. As long as the database has not been replaced,
 * a power cut undoes: what was unpacked is removed at the next start. From then on it finishes: what is left to rename
 * is renamed. Not thread-safe.
 */
public final class Replacements {
    private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path journal;
    private final List<Replacement> all;
    private boolean decided;

    private Replacements(Path journal, List<Replacement> all) {
        this.journal = journal;
        this.all = all;
    }

    /** The journal's text; paths as URIs, which hold their bytes in any locale. */
    private record Text(boolean decided, List<PathsText> folders) {}

    private record PathsText(String name, String folder, String unpacked, String aside) {
        static PathsText of(Replacement r) {
            return new PathsText(
                    r.name(),
                    r.folder().toUri().toString(),
                    r.unpacked().toUri().toString(),
                    r.aside().toUri().toString());
        }

        Replacement replacement() {
            return new Replacement(name, path(folder), path(unpacked), path(aside));
        }

        private static Path path(String uri) {
            return Path.of(URI.create(uri));
        }
    }

    /**
     * Begins: what an earlier attempt left is removed, and the journal is written.
     *
     * @param journal the journal's file
     * @param folders the till's folders that are to be replaced
     * @throws BackupException {@code FilesNotUnpacked} where a folder could not be replaced
     */
    public static Replacements begin(Path journal, List<KeptFolders.Folder> folders, String backup)
            throws BackupException, IOException {
        recover(journal);
        if (Files.exists(journal)) {
            throw notUnpacked(journal, "unfinished", null);
        }
        List<Replacement> all = new ArrayList<>();
        for (KeptFolders.Folder folder : folders) {
            try {
                Replacement replacement = Replacement.of(folder.name(), folder.path(), backup);
                requireReplaceable(replacement);
                replacement.discard();
                all.add(replacement);
            } catch (IOException e) {
                throw notUnpacked(folder.path(), SystemWords.of(e), e);
            }
        }
        Replacements replacements = new Replacements(journal, all);
        replacements.write();
        return replacements;
    }

    /** A folder that is a file system of its own cannot be renamed, and nothing can be renamed into it. */
    private static void requireReplaceable(Replacement replacement) throws BackupException, IOException {
        Path folder = replacement.folder();
        Path around = folder.getParent();
        boolean ofItsOwn = around == null;
        if (!ofItsOwn && Files.exists(folder)) {
            ofItsOwn = !Files.getFileStore(folder).equals(Files.getFileStore(around));
        }
        if (ofItsOwn) {
            throw notUnpacked(folder, "mount-point", null);
        }
    }

    private static BackupException notUnpacked(Path folder, String detail, IOException cause) {
        return new BackupException(new Problem.FilesNotUnpacked(folder.toString(), detail), cause);
    }

    /** Where each folder is to be unpacked. */
    public Map<String, Path> roots() {
        Map<String, Path> roots = new TreeMap<>();
        all.forEach(one -> roots.put(one.name(), one.unpacked()));
        return roots;
    }

    /** Writes down that the database has been replaced; from now on the folders will be, now or at the next start. */
    public void decide() {
        decided = true;
        try {
            write();
        } catch (IOException e) {
            LOG.warn("That the database was restored could not be written down: {}", SystemWords.of(e));
        }
    }

    /**
     * Replaces the folders. What earlier restores put aside is removed first.
     *
     * @throws BackupException {@code FolderNotReplaced} where one could not be; it is tried again at the next start
     */
    public void perform() throws BackupException {
        for (Replacement one : all) {
            try {
                forgetEarlier(one);
                one.perform();
            } catch (IOException e) {
                throw new BackupException(
                        new Problem.FolderNotReplaced(one.folder().toString(), SystemWords.of(e)), e);
            }
        }
        end();
    }

    private static void forgetEarlier(Replacement one) {
        try {
            one.forgetEarlier();
        } catch (IOException e) {
            LOG.warn("What an earlier restore put aside beside {} stays: {}", one.folder(), SystemWords.of(e));
        }
    }

    /** Removes what was unpacked, unless it was decided that it replaces the folders. */
    public void discard() {
        if (decided) {
            return;
        }
        try {
            for (Replacement one : all) {
                one.discard();
            }
            end();
        } catch (IOException e) {
            LOG.warn("What was unpacked is removed at the next start, not now: {}", SystemWords.of(e));
        }
    }

    private void end() {
        try {
            Files.deleteIfExists(journal);
            SyncedFiles.syncDirectory(journal.getParent());
        } catch (IOException e) {
            LOG.warn("The journal {} could not be removed: {}", journal, SystemWords.of(e));
        }
    }

    private void write() throws IOException {
        Text text = new Text(decided, all.stream().map(PathsText::of).toList());
        SyncedFiles.replace(journal, JSON.toJson(text).getBytes(StandardCharsets.UTF_8));
    }

    /** Finishes or undoes, after a power cut, what a journal tells of, if there is one; what fails is tried again. */
    public static void recover(Path journal) {
        if (Files.notExists(journal)) {
            return;
        }
        try {
            Text text = JSON.fromJson(Files.readString(journal), Text.class);
            Replacements found = new Replacements(
                    journal, text.folders.stream().map(PathsText::replacement).toList());
            if (text.decided) {
                for (Replacement one : found.all) {
                    one.perform();
                }
                LOG.info("A restore was cut off after its database was in place; its folders are, too, now");
            } else {
                for (Replacement one : found.all) {
                    one.discard();
                }
                LOG.warn("A restore was cut off before its database was known to be in place; the folders are as they"
                        + " were. Restore again if the database is the restored one.");
            }
            found.end();
        } catch (IOException | RuntimeException e) {
            LOG.error("A restore that was cut off could not be finished: {}", e.toString());
        }
    }
}
