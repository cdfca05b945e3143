package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.files.KeptTree;
import de.joecash.backup.spi.KeptFolders;
import de.joecash.backup.spi.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What backups are made of and restored into.
 *
 * @param source the till's database
 * @param folders the folders that the host wants kept with it
 */
public record Subject(Source source, List<KeptFolders.Folder> folders) {
    /** Keeps a copy of the folders. */
    public Subject {
        folders = List.copyOf(folders);
    }

    /** The database alone. */
    Subject withoutFolders() {
        return new Subject(source, List.of());
    }

    /** The same without folders that are not there: on a new machine there is nothing in them to lose. */
    Subject withFoldersThatAreThere() {
        return new Subject(
                source,
                folders.stream().filter(folder -> Files.exists(folder.path())).toList());
    }

    /** Takes the folders together. */
    KeptTree tree(BackupFolder backups) throws BackupException {
        if (folders.isEmpty()) {
            return KeptTree.none();
        }
        List<Path> offLimits = new ArrayList<>(source.directories());
        offLimits.add(backups.path());
        return KeptTree.of(folders, offLimits);
    }
}
