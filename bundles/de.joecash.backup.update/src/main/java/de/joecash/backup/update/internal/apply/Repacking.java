package de.joecash.backup.update.internal.apply;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Bundle;

/** An installed bundle as a jar again: no framework tells where it keeps the one that it was given. */
final class Repacking {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Bundle bundle;
    private final ZipOutputStream jar;
    private final Set<String> packed = new HashSet<>();

    private Repacking(Bundle bundle, ZipOutputStream jar) {
        this.bundle = bundle;
        this.jar = jar;
    }

    /** Writes it, synced: the manifest first, as the jar format wants it, then every other entry. */
    static void write(Bundle bundle, Path file) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile());
                ZipOutputStream jar = new ZipOutputStream(out)) {
            Repacking repacking = new Repacking(bundle, jar);
            repacking.put(MANIFEST);
            repacking.putBelow();
            jar.finish();
            out.getFD().sync();
        }
    }

    private void putBelow() throws IOException {
        Deque<String> directories = new ArrayDeque<>(Set.of("/"));
        while (!directories.isEmpty()) {
            Enumeration<String> paths = bundle.getEntryPaths(directories.remove());
            for (String path : paths == null ? Set.<String>of() : Collections.list(paths)) {
                if (path.endsWith("/")) {
                    directories.add(path);
                }
                put(path);
            }
        }
    }

    private void put(String path) throws IOException {
        if (!packed.add(path)) {
            return;
        }
        jar.putNextEntry(new ZipEntry(path));
        if (!path.endsWith("/")) {
            URL entry = bundle.getEntry(path);
            if (entry == null) {
                throw new IOException(bundle.getSymbolicName() + ": " + path);
            }
            try (InputStream in = entry.openStream()) {
                in.transferTo(jar);
            }
        }
        jar.closeEntry();
    }
}
