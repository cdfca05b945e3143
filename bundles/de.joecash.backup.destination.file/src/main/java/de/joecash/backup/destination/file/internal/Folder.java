package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** An open folder on a medium. Never follows a link: what is none of our files counts as not there, or as taken. */
final class Folder implements Destination {
    private final Medium medium;
    private final MediumCheck check;
    private final StopCheck stop;

    Folder(Medium medium, MediumCheck check, StopCheck stop) {
        this.medium = medium;
        this.check = check;
        this.stop = stop;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(medium.offServer(), medium.maxFileBytes(), Copy.Proof.CONTENT_EQUAL, false, true);
    }

    @Override
    public void put(String name, Content content, LongConsumer sent) throws BackupException, IOException {
        Path file = resolve(name);
        ready();
        if (content.bytes() > medium.maxFileBytes()) {
            throw new BackupException(
                    new Problem.TooLarge(DestinationProvider.MEDIUM, content.bytes(), medium.maxFileBytes()));
        }
        MediumCheck.requireWritable(medium);
        new Publication(medium, check, stop, file).publish(content, sent);
    }

    @Override
    public InputStream open(String name, long offset) throws BackupException {
        Path file = resolve(name);
        if (offset < 0) {
            throw new IllegalArgumentException("A negative offset");
        }
        ready();
        try {
            if (stored(file).isEmpty()) {
                throw new BackupException(new Problem.UnknownBackup(name));
            }
            SeekableByteChannel channel =
                    Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return new Stoppable(Channels.newInputStream(channel.position(offset)));
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    @Override
    public List<StoredFile> list() throws BackupException {
        ready();
        List<StoredFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(medium.folder())) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().matches(NAME)) {
                    stored(entry).ifPresent(files::add);
                }
            }
            return files;
        } catch (DirectoryIteratorException e) {
            throw MediumCheck.failed(medium.configured(), e.getCause());
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    @Override
    public void delete(String name) throws BackupException {
        Path file = resolve(name);
        ready();
        try {
            if (stored(file).isPresent()) {
                Files.delete(file);
                Sync.directory(medium.folder());
            }
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    @Override
    public Optional<StoredFile> stat(String name) throws BackupException {
        Path file = resolve(name);
        ready();
        try {
            return stored(file);
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    @Override
    public void close() {
        // Nothing is held open between two calls, so that the medium can be taken off.
    }

    private void ready() throws BackupException {
        stop.check();
        check.refuseIfGone(medium);
    }

    private Path resolve(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("Not a name for a file at a destination");
        }
        return medium.folder().resolve(name);
    }

    private static Optional<StoredFile> stored(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(new StoredFile(file.getFileName().toString(), attributes.size()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private final class Stoppable extends FilterInputStream {
        Stoppable(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            stop.checkStream();
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            stop.checkStream();
            return super.read(target, offset, length);
        }
    }
}
