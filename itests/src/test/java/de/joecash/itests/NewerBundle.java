package de.joecash.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** A bundle's next version, as an administrator would bring it. */
final class NewerBundle {
    private NewerBundle() {}

    /** The same jar with a higher version. */
    static InputStream of(Bundle bundle) throws IOException {
        Version old = bundle.getVersion();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream file = URI.create(bundle.getLocation()).toURL().openStream();
                JarInputStream jar = new JarInputStream(file)) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes()
                    .putValue("Bundle-Version", old.getMajor() + "." + old.getMinor() + "." + (old.getMicro() + 1));
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    jar.transferTo(out);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
