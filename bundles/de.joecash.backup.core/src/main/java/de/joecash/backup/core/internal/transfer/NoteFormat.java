package de.joecash.backup.core.internal.transfer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The note of delivery as JSON (RFC 8259), in the format that {@code bundles/README.md} describes. */
final class NoteFormat {
    /** The longest note that is read, in bytes. */
    static final int MAX_BYTES = 2 << 20;

    /** Where everything lies whole. */
    private static final int WHOLE = 1;
    /** Where there are packs, which may hold deltas: who does not know these must not take them for damage. */
    private static final int DELTAS = 2;

    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .setStrictness(Strictness.STRICT)
            .create();

    private NoteFormat() {}

    static byte[] write(Note note) {
        List<ArchiveText> archives = note.archives().stream()
                .map(archive -> new ArchiveText(
                        archive.kind().name(),
                        archive.form(),
                        archive.file().name(),
                        archive.file().bytes(),
                        archive.file().sha256(),
                        archive.needs().stream().map(FileText::of).toList()))
                .toList();
        boolean packed = note.archives().stream().anyMatch(archive -> archive.form() == Form.PACK);
        int format = packed ? DELTAS : WHOLE;
        return (JSON.toJson(new Text(format, note.backup().value(), note.recipients(), archives)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a note.
     *
     * @param backup whose it must be
     * @param bytes hostile until read
     * @throws BackupException {@code ManifestUnreadable} if it is no note of this backup, or one of a later format
     */
    static Note read(BackupId backup, byte[] bytes) throws BackupException {
        String name = Note.name(backup);
        if (bytes.length > MAX_BYTES) {
            throw new BackupException(new Problem.ManifestUnreadable(name, "too long"));
        }
        try {
            Text text = JSON.fromJson(new String(bytes, StandardCharsets.UTF_8), Text.class);
            if (text.format > DELTAS) {
                throw new BackupException(
                        new Problem.ManifestUnreadable(name, "format " + text.format + ", known up to " + DELTAS));
            }
            if (text.format < WHOLE || !backup.value().equals(text.backup)) {
                throw new IllegalArgumentException("It is another backup's");
            }
            return new Note(
                    backup,
                    text.recipients == null ? List.of() : text.recipients,
                    text.archives.stream().map(ArchiveText::archive).toList());
        } catch (RuntimeException e) {
            // Not by their kinds: what a record's own check throws comes from Gson as a plain RuntimeException.
            throw new BackupException(new Problem.ManifestUnreadable(name, "not a note of delivery"), e);
        }
    }

    private record Text(int format, String backup, List<String> recipients, List<ArchiveText> archives) {}

    private record ArchiveText(String holds, Form form, String file, long bytes, String sha256, List<FileText> needs) {
        NotedArchive archive() {
            NotedArchive archive = new NotedArchive(
                    new StoredPart(file, bytes, sha256),
                    needs.stream().map(FileText::part).toList());
            if (archive.form() != form || !archive.kind().name().equals(holds)) {
                throw new IllegalArgumentException("It is named otherwise than it is");
            }
            return archive;
        }
    }

    private record FileText(String file, long bytes, String sha256) {
        static FileText of(StoredPart part) {
            return new FileText(part.name(), part.bytes(), part.sha256());
        }

        StoredPart part() {
            return new StoredPart(file, bytes, sha256);
        }
    }
}
