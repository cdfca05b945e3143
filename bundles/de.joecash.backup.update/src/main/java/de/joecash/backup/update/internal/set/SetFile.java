package de.joecash.backup.update.internal.set;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A set, opened: its list is proven, its bundles not yet. Limits come before contents, the list before the bundles, and
 * nothing is taken from the file but what the list names.
 */
public final class SetFile implements AutoCloseable {
    /** The list's name in the zip file. */
    public static final String LIST = "update.json";

    /** The name of its signature. */
    public static final String SIGNATURE = LIST + ".sig";

    private static final int MAX_LIST = 256 << 10;
    private static final int PIECE = 1 << 16;

    private final ZipFile zip;
    private final BundleList list;

    private SetFile(ZipFile zip, BundleList list) {
        this.zip = zip;
        this.list = list;
    }

    /**
     * Opens a file.
     *
     * @param keys that are believed
     * @throws SetRefused if it is no set, is not signed by one of them, or has not exactly the files that it lists
     */
    public static SetFile open(Path file, List<VendorKey> keys) throws SetRefused {
        try {
            if (!Files.isRegularFile(file)) {
                throw new SetRefused(Refusal.NO_FILE, file);
            }
            ZipEnd.check(file);
            ZipFile zip = new ZipFile(file.toFile());
            try {
                BundleList list = provenList(zip, keys);
                compareNames(zip, list);
                return new SetFile(zip, list);
            } catch (SetRefused | IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException e) {
            throw new SetRefused(e, Refusal.CUT, file.getFileName());
        } catch (IOException e) {
            throw new SetRefused(e, Refusal.UNREADABLE, file, words(e));
        }
    }

    private static String words(IOException e) {
        return String.valueOf(e.getMessage());
    }

    private static BundleList provenList(ZipFile zip, List<VendorKey> keys) throws IOException, SetRefused {
        byte[] signature = small(zip, SIGNATURE, ListSignature.BYTES);
        byte[] bytes = small(zip, LIST, MAX_LIST);
        ListSignature.prove(signature, bytes, keys);
        return ListFormat.read(bytes);
    }

    private static byte[] small(ZipFile zip, String name, int most) throws IOException, SetRefused {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new SetRefused(Refusal.NOT_A_SET, name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new SetRefused(Refusal.TOO_LARGE, name, most);
            }
            return bytes;
        }
    }

    private static void compareNames(ZipFile zip, BundleList list) throws SetRefused {
        Set<String> listed = new TreeSet<>(List.of(LIST, SIGNATURE));
        list.bundles().forEach(bundle -> listed.add(bundle.file()));
        Set<String> there = new TreeSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            // Also one that is there twice: of those nobody can tell which is read.
            if (!listed.contains(entry.getName()) || !there.add(entry.getName())) {
                throw new SetRefused(Refusal.NOT_LISTED, printable(entry.getName()));
            }
        }
        for (String name : listed) {
            if (!there.contains(name)) {
                throw new SetRefused(Refusal.MISSING, name);
            }
        }
    }

    /** A name that is not ours, for people to read. */
    private static String printable(String name) {
        return name.codePoints()
                .limit(100)
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** What is in it. */
    public BundleList list() {
        return list;
    }

    /**
     * Copies a bundle out and proves it.
     *
     * @param bundle of the list
     * @param directory where nobody else may write
     * @return the file, of the name that the list says
     * @throws SetRefused {@link Refusal#DAMAGED}, {@link Refusal#OTHER_BUNDLE} or {@link Refusal#FRAGMENT}
     * @throws IOException if it cannot be written
     */
    public Path extract(ListedBundle bundle, Path directory) throws SetRefused, IOException {
        Path file = directory.resolve(bundle.file());
        MessageDigest digest = sha256();
        try (InputStream in = content(bundle);
                OutputStream out = Files.newOutputStream(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            long rest = bundle.bytes();
            byte[] piece = new byte[PIECE];
            // One byte more than there should be is asked for, and none after that.
            for (int count = read(in, piece, bundle); count >= 0 && rest >= 0; count = read(in, piece, bundle)) {
                rest -= count;
                if (rest >= 0) {
                    digest.update(piece, 0, count);
                    out.write(piece, 0, count);
                }
            }
            if (rest != 0 || !HexFormat.of().formatHex(digest.digest()).equals(bundle.sha256())) {
                throw new SetRefused(Refusal.DAMAGED, bundle.file());
            }
        }
        BundleManifest.compare(file, bundle);
        return file;
    }

    private InputStream content(ListedBundle bundle) throws SetRefused {
        try {
            return zip.getInputStream(zip.getEntry(bundle.file()));
        } catch (IOException e) {
            throw new SetRefused(e, Refusal.DAMAGED, bundle.file());
        }
    }

    private static int read(InputStream in, byte[] piece, ListedBundle bundle) throws SetRefused {
        try {
            return in.read(piece);
        } catch (IOException e) {
            throw new SetRefused(e, Refusal.DAMAGED, bundle.file());
        }
    }

    /** SHA-256, which every JVM has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
