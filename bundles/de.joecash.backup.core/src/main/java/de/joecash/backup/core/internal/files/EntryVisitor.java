package de.joecash.backup.core.internal.files;

import de.joecash.backup.BackupException;
import java.io.IOException;
import java.io.InputStream;

/** Is shown the entries of one tree: each directory before what is in it, and that in the order of its names. */
interface EntryVisitor {
    /**
     * Takes the next entry.
     *
     * @param content a file's, exactly as long as the entry says; else empty; not to be closed
     */
    void take(Entry entry, InputStream content) throws BackupException, IOException;
}
