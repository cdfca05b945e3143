package de.joecash.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** A bundle's next version, as an administrator would bring it. */
public final class NewerBundle {
    private static final String VERSION = "Bundle-Version";

    private NewerBundle() {}

    /** The same jar with a higher version. */
    static InputStream of(Bundle bundle) throws IOException {
        return new ByteArrayInputStream(of(bundle, Map.of(), Map.of()));
    }

    /** The same jar with a higher version than is installed, more in some headers and more entries. */
    static byte[] of(Bundle bundle, Map<String, String> headers, Map<String, byte[]> entries) throws IOException {
        try (InputStream file = URI.create(bundle.getLocation()).toURL().openStream()) {
            return of(file, unused -> next(bundle.getVersion()), headers, entries);
        }
    }

    /** The same jar with a higher version. */
    public static byte[] of(InputStream file) throws IOException {
        return of(file, old -> next(Version.parseVersion(old)), Map.of(), Map.of());
    }

    /** A jar as another version, with more in some headers and more entries. */
    public static byte[] of(InputStream file, String version, Map<String, String> headers, Map<String, byte[]> entries)
            throws IOException {
        return of(file, unused -> version, headers, entries);
    }

    /** A jar as another version, with another value of a header. */
    public static byte[] with(InputStream file, String version, String header, String value) throws IOException {
        return changed(file, unused -> version, attributes -> attributes.putValue(header, value), Map.of());
    }

    /** The same jar with a higher version than is installed, without one header. */
    static byte[] without(Bundle bundle, String header) throws IOException {
        try (InputStream file = URI.create(bundle.getLocation()).toURL().openStream()) {
            return changed(
                    file,
                    unused -> next(bundle.getVersion()),
                    attributes -> attributes.remove(new Attributes.Name(header)),
                    Map.of());
        }
    }

    private static String next(Version old) {
        return old.getMajor() + "." + old.getMinor() + "." + (old.getMicro() + 1);
    }

    private static byte[] of(
            InputStream file, UnaryOperator<String> version, Map<String, String> headers, Map<String, byte[]> entries)
            throws IOException {
        Consumer<Attributes> more = attributes -> headers.forEach((name, value) -> {
            String there = attributes.getValue(name);
            attributes.putValue(name, there == null ? value : there + "," + value);
        });
        return changed(file, version, more, entries);
    }

    private static byte[] changed(
            InputStream file, UnaryOperator<String> version, Consumer<Attributes> change, Map<String, byte[]> entries)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream jar = new JarInputStream(file)) {
            Manifest manifest = jar.getManifest();
            Attributes attributes = manifest.getMainAttributes();
            attributes.putValue(VERSION, version.apply(attributes.getValue(VERSION)));
            change.accept(attributes);
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    jar.transferTo(out);
                }
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    out.putNextEntry(new ZipEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
        }
        return bytes.toByteArray();
    }
}
