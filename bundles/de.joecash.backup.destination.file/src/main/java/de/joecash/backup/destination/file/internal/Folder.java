package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** An open folder on a medium. Never follows a link: what is none of our files counts as not there, or as taken. */
final class Folder implements Destination {
    private final Medium medium;
    private final MediumCheck check;
    private final StopCheck stop;
    private final VolumeSize volumes;
    private final Share share;

    Folder(Medium medium, MediumCheck check, StopCheck stop, VolumeSize volumes, Share share) {
        this.medium = medium;
        this.check = check;
        this.stop = stop;
        this.volumes = volumes;
        this.share = share;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(medium.offServer(), VolumeSize.longest(medium), Copy.Proof.CONTENT_EQUAL, false, true);
    }

    @Override
    public void put(String name, Content content, LongConsumer sent) throws BackupException, IOException {
        Path file = resolve(name);
        ready();
        long longest = VolumeSize.longest(medium);
        if (content.bytes() > longest) {
            throw new BackupException(new Problem.TooLarge(DestinationProvider.MEDIUM, content.bytes(), longest));
        }
        check.requireWritable(medium, content.bytes());
        share.require(medium, content.bytes());
        if (joined(file).isPresent()) {
            throw new BackupException(new Problem.NameTaken(DestinationProvider.MEDIUM, name));
        }
        Publication publication = new Publication(medium, check, stop);
        long volume = volumes.of(medium, content.bytes());
        if (volume == content.bytes()) {
            publication.publish(file, content, sent);
        } else {
            new SplitPublication(publication, volume).publish(file, content, sent);
        }
    }

    @Override
    public InputStream open(String name, long offset) throws BackupException {
        Path file = resolve(name);
        if (offset < 0) {
            throw new IllegalArgumentException("A negative offset");
        }
        ready();
        try {
            if (bytes(file).isPresent()) {
                return new Stoppable(JoinedInput.open(file, offset));
            }
            Optional<Volumes.There> joined = new Volumes(file).there();
            if (joined.isEmpty()) {
                throw new BackupException(new Problem.UnknownBackup(name));
            }
            return new Stoppable(Volumes.open(joined.get(), offset));
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    @Override
    public List<StoredFile> list() throws BackupException {
        ready();
        Map<String, Long> lengths = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(medium.folder())) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.matches(NAME)) {
                    bytes(entry).ifPresent(bytes -> lengths.put(name, bytes));
                }
            }
            Volumes.join(medium.folder(), lengths);
            return lengths.entrySet().stream()
                    .map(file -> new StoredFile(file.getKey(), file.getValue()))
                    .toList();
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
            if (bytes(file).isPresent()) {
                Files.delete(file);
            }
            new Volumes(file).delete();
            Sync.directory(medium.folder());
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    @Override
    public Optional<StoredFile> stat(String name) throws BackupException {
        Path file = resolve(name);
        ready();
        try {
            Optional<Long> bytes = bytes(file);
            return (bytes.isPresent() ? bytes : joined(file)).map(length -> new StoredFile(name, length));
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

    /** Length of what lies in volumes. */
    private Optional<Long> joined(Path file) throws BackupException {
        try {
            return new Volumes(file).there().map(Volumes.There::bytes);
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    private static Optional<Long> bytes(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(attributes.size()) : Optional.empty();
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
