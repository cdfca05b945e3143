package de.joecash.backup.core.internal.files;

import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder that another one, unpacked beside it, is to replace. The old one is kept beside it.
 *
 * @param name what the folder is called in backups
 * @param folder the till's
 * @param unpacked what replaces it
 * @param aside where the old one goes
 */
record Replacement(String name, Path folder, Path unpacked, Path aside) {
    private static final String BEFORE = ".before-restore-";

    /** Plans the replacement of a folder by that of a backup. */
    static Replacement of(String name, Path folder, String backup) throws IOException {
        Path real = Files.exists(folder) ? folder.toRealPath() : folder.normalize();
        return new Replacement(
                name,
                real,
                real.resolveSibling("." + name + ".restore-" + backup),
                real.resolveSibling(name + BEFORE + backup));
    }

    /**
     * Replaces it by two renames; called again after a power cut it does what is left to do. Where the host has made a
     * new folder in between, that one is put aside as well: nothing is removed here.
     */
    void perform() throws IOException {
        if (!Files.exists(unpacked, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(folder, free(), StandardCopyOption.ATOMIC_MOVE);
            SyncedFiles.syncDirectory(folder.getParent());
        }
        Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
        SyncedFiles.syncDirectory(folder.getParent());
    }

    private Path free() {
        Path free = aside;
        for (int i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
            free = aside.resolveSibling(aside.getFileName() + "-" + i);
        }
        return free;
    }

    /** Removes what was unpacked, where it did not replace the folder. */
    void discard() throws IOException {
        UnpackedTree.remove(unpacked);
    }

    /** Removes what earlier restores put aside, where there is a folder now that will be; called before that. */
    void forgetEarlier() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder.getParent(), name + BEFORE + "*")) {
            for (Path one : earlier) {
                UnpackedTree.remove(one);
            }
        }
    }
}
