package de.joecash.backup;

import java.util.List;

/**
 * The files of kept folders in a backup: a second archive, whose content is a tar file (POSIX.1-2001, pax).
 *
 * @param folders names of the folders, in the order of the tar file
 * @param files number of files, directories and links not counted
 * @param contentBytes length of the tar file in bytes
 * @param contentSha256 digest of the tar file, as {@link Manifest#contentSha256} from format 2 on
 * @param archiveBytes length of the {@code .files.tar.gz} file in bytes
 * @param archiveSha256 SHA-256 of the {@code .files.tar.gz} file
 */
public record KeptFiles(
        List<String> folders,
        long files,
        long contentBytes,
        String contentSha256,
        long archiveBytes,
        String archiveSha256) {
    /** The form of a folder's name. */
    public static final String NAME = "[a-z0-9-]{1,40}";

    /**
     * Checks the values and keeps a copy of the names.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public KeptFiles {
        folders = List.copyOf(folders);
        boolean names = !folders.isEmpty()
                && folders.stream().allMatch(name -> name.matches(NAME))
                && folders.stream().distinct().sorted().toList().equals(folders);
        boolean digests = contentSha256.matches("[0-9a-f]{64}") && archiveSha256.matches("[0-9a-f]{64}");
        if (!names || !digests || files < 0 || contentBytes < 0 || archiveBytes < 0) {
            throw new IllegalArgumentException("Not the files of a backup: " + folders);
        }
    }
}
