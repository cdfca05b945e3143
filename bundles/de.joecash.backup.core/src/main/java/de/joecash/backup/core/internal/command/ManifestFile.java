package de.joecash.backup.core.internal.command;

import de.joecash.backup.core.internal.catalogue.ManifestSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The manifest beside an archive, as far as it says who made it. Nothing of the API is needed for that. */
final class ManifestFile {
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]*)\"");

    /** Older formats have none. */
    private static final Pattern SIGNED_FORMAT =
            Pattern.compile("\"format\"\\s*:\\s*([4-9]|[1-9][0-9]+)\\D|\"signature\"|\"publicKey\"");

    private final Path file;
    private final byte[] text;

    private ManifestFile(Path file, byte[] text) {
        this.file = file;
        this.text = text;
    }

    /** Reads the one of an archive; empty where its index lies beside it instead, or there is none. */
    static Optional<ManifestFile> of(Path archive) throws IOException {
        Path file = IndexFile.manifest(archive);
        boolean meant = Files.exists(file) && !Files.exists(archive.resolveSibling(archive.getFileName() + ".index"));
        return meant ? Optional.of(new ManifestFile(file, Files.readAllBytes(file))) : Optional.empty();
    }

    /**
     * Says who signed it; who that is, only the fingerprint on a recovery sheet tells.
     *
     * @throws IOException if it is another backup's, or should be signed and is not by the key that it names
     */
    String origin() throws IOException {
        String said = new String(text, StandardCharsets.UTF_8);
        Matcher id = ID.matcher(said);
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        if (id.find() && !id.group(1).equals(name)) {
            throw new IOException(file + " is the manifest of another backup: " + id.group(1));
        }
        Optional<ManifestSignature> signature = ManifestSignature.of(text);
        if (signature.isEmpty() && SIGNED_FORMAT.matcher(said).find()) {
            throw new IOException("The signature of " + file + " is wrong: it was changed after it was made");
        }
        return signature
                .map(found -> "Signed by " + found.signer() + "; compare it with the fingerprint on the recovery sheet")
                .orElse("Its manifest is not signed: nobody can tell who made it");
    }
}
