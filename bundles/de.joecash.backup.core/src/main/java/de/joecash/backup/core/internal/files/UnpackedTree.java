package de.joecash.backup.core.internal.files;

import de.joecash.backup.BackupException;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.core.internal.archive.ArchiveInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tar file that was unpacked. */
public final class UnpackedTree {
    private final SortedMap<String, Path> roots;
    private final String digest;

    private UnpackedTree(SortedMap<String, Path> roots, String digest) {
        this.roots = roots;
        this.digest = digest;
    }

    /**
     * Unpacks a tar file that has been judged whole before; each entry is judged again before it is written.
     *
     * @param announced what the manifest says of it
     * @param roots where each of its folders goes; nothing is there yet, but all around it
     * @param durable whether all of it has to survive a power cut
     * @throws BackupException {@code FilesNotUnpacked} where the disk refuses, {@code FilesRefused}
     * @throws IOException if {@code tar} threw it
     */
    public static UnpackedTree unpack(InputStream tar, KeptFiles announced, Map<String, Path> roots, boolean durable)
            throws BackupException, IOException {
        TreeDigest digest = new TreeDigest(bytes -> {});
        Extraction extraction = new Extraction(roots, durable, digest);
        new TarReader(announced).read(tar, extraction);
        extraction.finish();
        return new UnpackedTree(new TreeMap<>(roots), digest.hex());
    }

    /**
     * Reads everything back and compares it with what was unpacked.
     *
     * @param watch is told how many bytes were read, and may stop it
     */
    public boolean isOnDisk(ArchiveInput.Watch watch) throws BackupException, IOException {
        TreeDigest found = new TreeDigest(watch);
        for (Map.Entry<String, Path> root : roots.entrySet()) {
            new FolderTree(root.getKey(), root.getValue()).show(found);
        }
        return found.hex().equals(digest);
    }

    /** Removes a directory and all in it, following no link; one that is not there is no error. */
    public static void remove(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
