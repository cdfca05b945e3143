package de.joecash.backup.core.internal.command;

import de.joecash.backup.core.internal.archive.IndexFormat;
import de.joecash.backup.core.internal.archive.MemberIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The index beside an archive: in a file of its name with {@code .index} at the end, or in a backup's manifest. */
final class IndexFile {
    private static final String INDEX = "\"index\"\\s*:\\s*\"([A-Za-z0-9+/=]*)\"";

    /** That of the database comes first. */
    private static final Pattern IN_MANIFEST = Pattern.compile(INDEX);

    private static final Pattern OF_FILES = Pattern.compile("\"files\"\\s*:\\s*\\{[^}]*" + INDEX);
    private static final String FILES = ".files.tar.gz";

    private IndexFile() {}

    /**
     * Reads the index of an archive, which must have one.
     *
     * @throws NoSuchFileException if there is no archive, whole or in volumes
     */
    static MemberIndex of(Path archive) throws IOException {
        Optional<MemberIndex> index = find(archive);
        if (index.isEmpty() && !new StoredArchive(archive).exists()) {
            throw new NoSuchFileException(archive.toString());
        }
        return index.orElseThrow(() -> new IOException("There is no index beside " + archive
                + ", or its manifest is damaged; gunzip and salvage read it without one"));
    }

    /**
     * Reads the index of an archive, if there is one.
     *
     * @throws IOException if it is damaged
     */
    static Optional<MemberIndex> find(Path archive) throws IOException {
        if (Files.exists(beside(archive))) {
            return Optional.of(read(beside(archive)));
        }
        String name = archive.getFileName().toString();
        Path manifest = manifest(archive);
        if (!Files.exists(manifest)) {
            return Optional.empty();
        }
        Pattern place = name.endsWith(FILES) ? OF_FILES : IN_MANIFEST;
        Matcher text = place.matcher(Files.readString(manifest));
        return text.find() ? Optional.of(IndexFormat.read(decoded(text.group(1)))) : Optional.empty();
    }

    /** Where the manifest of an archive is, if it has one. */
    static Path manifest(Path archive) {
        String name = archive.getFileName().toString();
        return archive.resolveSibling(name.replaceAll("\\.(sql|files\\.tar)\\.gz$", "") + ".json");
    }

    static MemberIndex read(Path index) throws IOException {
        return IndexFormat.read(Files.readAllBytes(index));
    }

    /**
     * Writes the index of an archive.
     *
     * @param synced whether it survives a power cut from then on
     * @return its length in bytes
     */
    static int write(Path archive, MemberIndex index, boolean synced) throws IOException {
        byte[] bytes = IndexFormat.write(index);
        try (NewFile file = new NewFile(beside(archive), synced)) {
            file.write(bytes);
            file.publish();
        }
        return bytes.length;
    }

    private static byte[] decoded(String base64) throws IOException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("not an index", e);
        }
    }

    private static Path beside(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".index");
    }
}
