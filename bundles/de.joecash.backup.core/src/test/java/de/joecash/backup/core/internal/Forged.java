package de.joecash.backup.core.internal;

import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.core.internal.catalogue.WrittenManifest;
import de.joecash.backup.core.internal.seal.TillKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Manifests that are wrong and rightly signed all the same, for what must hold even then. */
final class Forged {
    private Forged() {}

    /** Puts one in a manifest's place, signed by the key of its folder's till. */
    static void manifest(Path file, IndexedManifest forged) throws IOException {
        TillKey key = TillKey.open(file.resolveSibling("keys"));
        Files.write(file, WrittenManifest.signed(forged, key).text());
    }
}
