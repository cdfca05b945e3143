package de.joecash.backup.core.internal.catalogue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.TableContents;
import de.joecash.backup.core.internal.archive.IndexFormat;
import de.joecash.backup.core.internal.archive.MemberIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The manifest as JSON (RFC 8259), in the format that {@code bundles/README.md} describes. */
public final class ManifestFormat {
    /** The longest manifest that is written or read, in bytes: that of some 38 GB of content and files. */
    public static final int MAX_BYTES = 8 << 20;

    /** The first format whose manifests are signed. */
    static final int SIGNED = 4;

    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .setStrictness(Strictness.STRICT)
            .create();

    private ManifestFormat() {}

    /** Writes a manifest without a signature: the whole text before format 4, and what is signed since. */
    static byte[] unsigned(IndexedManifest manifest) {
        FilesText files = manifest.manifest()
                .keptFiles()
                .map(kept -> FilesText.of(kept, manifest.filesIndex().orElseThrow()))
                .orElse(null);
        return (JSON.toJson(Text.of(manifest.manifest(), manifest.index().map(ManifestFormat::text), files)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a manifest.
     *
     * @param name the file's name, for the refusal
     * @param bytes hostile until read
     * @throws BackupException {@code ManifestUnreadable} if it is malformed or of a newer format;
     *     {@code SignatureWrong} if it should be signed and is not by the key that it names, or is signed and should
     *     not
     */
    public static IndexedManifest read(String name, byte[] bytes) throws BackupException {
        try {
            String text = StrictJson.text(bytes);
            JsonObject object = JSON.fromJson(text, JsonObject.class);
            int format = object == null || !object.has("format")
                    ? 0
                    : object.get("format").getAsInt();
            if (format > Manifest.FORMAT) {
                throw unreadable(name, "format " + format + ", known up to " + Manifest.FORMAT, null);
            }
            requireSignature(name, bytes, format, object);
            Text read = JSON.fromJson(object, Text.class);
            Manifest manifest = read.manifest();
            if (!name.equals(manifest.manifestName())) {
                throw unreadable(name, "describes " + manifest.id(), null);
            }
            return new IndexedManifest(
                    manifest,
                    Optional.ofNullable(read.index).map(ManifestFormat::index),
                    Optional.ofNullable(read.files).map(files -> index(files.index)));
        } catch (IOException | RuntimeException e) {
            // Not by their kinds: what a record's own check throws comes from Gson as a plain RuntimeException.
            throw unreadable(name, "not a manifest", e);
        }
    }

    /** A manifest that claims an older format to be rid of its signature still has the fields. */
    private static void requireSignature(String name, byte[] bytes, int format, JsonObject object)
            throws BackupException {
        boolean says = object.has(ManifestSignature.PUBLIC_KEY) || object.has(ManifestSignature.SIGNATURE);
        boolean wrong = format < SIGNED ? says : ManifestSignature.of(bytes).isEmpty();
        if (wrong) {
            throw new BackupException(new Problem.SignatureWrong(name));
        }
    }

    private static String text(MemberIndex index) {
        return Base64.getEncoder().encodeToString(IndexFormat.write(index));
    }

    private static MemberIndex index(String text) {
        try {
            return IndexFormat.read(Base64.getDecoder().decode(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BackupException unreadable(String name, String detail, Throwable cause) {
        return new BackupException(new Problem.ManifestUnreadable(name, detail), cause);
    }

    private record Text(
            int format,
            String id,
            BackupKind kind,
            String trigger,
            String slot,
            String started,
            String finished,
            SourceInfo source,
            long contentBytes,
            String contentSha256,
            long archiveBytes,
            String archiveSha256,
            List<TableContents> tables,
            String productVersion,
            String index,
            FilesText files) {
        static Text of(Manifest m, Optional<String> index, FilesText files) {
            return new Text(
                    m.format(),
                    m.id().value(),
                    m.kind(),
                    m.trigger(),
                    m.slot().map(LocalDateTime::toString).orElse(null),
                    m.started().toString(),
                    m.finished().toString(),
                    m.source(),
                    m.contentBytes(),
                    m.contentSha256(),
                    m.archiveBytes(),
                    m.archiveSha256(),
                    m.tables(),
                    m.productVersion(),
                    index.orElse(null),
                    files);
        }

        Manifest manifest() {
            return new Manifest(
                    format,
                    new BackupId(id),
                    kind,
                    trigger,
                    Optional.ofNullable(slot).map(LocalDateTime::parse),
                    ZonedDateTime.parse(started),
                    ZonedDateTime.parse(finished),
                    source,
                    contentBytes,
                    contentSha256,
                    archiveBytes,
                    archiveSha256,
                    tables,
                    productVersion,
                    Optional.ofNullable(files).map(FilesText::keptFiles));
        }
    }

    private record FilesText(
            List<String> folders,
            long files,
            long contentBytes,
            String contentSha256,
            long archiveBytes,
            String archiveSha256,
            String index) {
        static FilesText of(KeptFiles kept, MemberIndex index) {
            return new FilesText(
                    kept.folders(),
                    kept.files(),
                    kept.contentBytes(),
                    kept.contentSha256(),
                    kept.archiveBytes(),
                    kept.archiveSha256(),
                    text(index));
        }

        KeptFiles keptFiles() {
            return new KeptFiles(folders, files, contentBytes, contentSha256, archiveBytes, archiveSha256);
        }
    }
}
