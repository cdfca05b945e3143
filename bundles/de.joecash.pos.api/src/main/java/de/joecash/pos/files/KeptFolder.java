package de.joecash.pos.files;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A folder whose files belong to the till's data: images of receipts, exports of the TSE, configuration. Plug-ins that
 * keep the database keep them too, and bring both back together.
 *
 * <p>The host registers one OSGi service for each folder, before its database or together with it, and keeps it
 * registered while it runs: what is not registered when a backup begins is not in it. Files are read while the host
 * writes others: one that only grows, or is replaced by a rename, is kept whole.
 *
 * <p>A restore puts another folder in this one's place by renames, right after the database; the old one stays beside
 * it as {@code NAME.before-restore-...} until the next restore. So the folder is no mount point, the one around it is
 * writable, and the host opens files by their paths each time. Only names and contents come back as they were, times to
 * the second, and whether the owner may execute a file; the files belong to the host's user, and nobody else reads
 * them.
 *
 * <pre>{@code
 * context.registerService(KeptFolder.class, new KeptFolder() {
 *     public String name() {
 *         return "receipt-images";
 *     }
 *
 *     public Path path() {
 *         return Path.of("/var/lib/till/receipts");
 *     }
 * }, null);
 * }</pre>
 */
@ConsumerType
public interface KeptFolder {
    /**
     * Names the folder in backups. The same files have the same name always, wherever they are.
     *
     * @return 1 to 40 characters of {@code a-z 0-9 -}, another for each folder
     */
    String name();

    /**
     * Says where the folder is. Neither inside another kept folder, nor inside or around the database's files.
     *
     * @return absolute; a folder that is there whenever a backup is made
     */
    Path path();
}
