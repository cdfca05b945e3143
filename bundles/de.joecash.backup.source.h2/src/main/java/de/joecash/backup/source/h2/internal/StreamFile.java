package de.joecash.backup.source.h2.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.h2.store.fs.FilePath;

/**
 * A file system of H2's with one file in it, which is a stream: H2 writes its script to where we want it, and no
 * temporary file is needed. Its scheme is random, so that no other SQL statement of this process finds it, and it is
 * there only from {@link #open} to {@link #close}: H2 keeps nothing of us afterwards.
 */
final class StreamFile extends FilePath implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String scheme;
    private final OutputStream stream;

    private StreamFile(String scheme, OutputStream stream) {
        this.scheme = scheme;
        this.stream = stream;
        this.name = scheme + ":dump";
    }

    /** Makes the file, with a stream that takes what is written to it. */
    static StreamFile open(OutputStream stream) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        StreamFile file = new StreamFile("joecash" + HexFormat.of().formatHex(random), stream);
        FilePath.register(file);
        return file;
    }

    /** Gives the file's name, for SQL; reading it gives the name again. */
    String path() {
        return name;
    }

    @Override
    public void close() {
        FilePath.unregister(this);
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public FilePath getPath(String path) {
        if (path.equals(name)) {
            return this;
        }
        throw new IllegalArgumentException("No such file");
    }

    @Override
    public OutputStream newOutputStream(boolean append) {
        return stream;
    }

    @Override
    public InputStream newInputStream() {
        return new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long size() {
        return name.length();
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public boolean isRegularFile() {
        return true;
    }

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public long lastModified() {
        return 0;
    }

    @Override
    public FilePath toRealPath() {
        return this;
    }

    @Override
    public FilePath getParent() {
        return this;
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        return List.of();
    }

    /** Does nothing: H2 removes what was there before it writes. */
    @Override
    public void delete() {}

    @Override
    public boolean createFile() {
        throw onlyAStream();
    }

    @Override
    public void createDirectory() {
        throw onlyAStream();
    }

    @Override
    public void moveTo(FilePath newName, boolean atomicReplace) {
        throw onlyAStream();
    }

    @Override
    public boolean setReadOnly() {
        throw onlyAStream();
    }

    @Override
    public FileChannel open(String mode) {
        throw onlyAStream();
    }

    private static UnsupportedOperationException onlyAStream() {
        return new UnsupportedOperationException("Only a stream");
    }
}
