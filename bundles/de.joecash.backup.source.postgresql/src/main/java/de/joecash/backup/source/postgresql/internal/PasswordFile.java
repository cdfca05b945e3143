package de.joecash.backup.source.postgresql.internal;

import de.joecash.pos.database.Credentials;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password where libpq reads it, and nobody else: a file of mode 0600 in a directory of mode 0700, gone when it is
 * closed (PostgreSQL documentation, 34.16 "The Password File").
 */
final class PasswordFile implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(PasswordFile.class);

    private final Path directory;
    private final Path file;

    private PasswordFile(Path directory) {
        this.directory = directory;
        file = directory.resolve("pgpass");
    }

    /**
     * Writes one.
     *
     * @throws IOException if it cannot be written, or the password has a character that such a file cannot hold
     */
    static PasswordFile of(Credentials credentials) throws IOException {
        PasswordFile made = new PasswordFile(Files.createTempDirectory(
                "joecash-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        byte[] line = credentials.withPassword(PasswordFile::line);
        try (SeekableByteChannel channel = Files.newByteChannel(
                made.file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            if (line.length == 0) {
                throw new IOException("the password has a line end, which no password file can hold");
            }
            ByteBuffer buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    /** Gives the line, for any server, database and user: the one it is made for; nothing if it cannot be written. */
    private static byte[] line(char[] password) {
        CharBuffer escaped = CharBuffer.allocate("*:*:*:*:".length() + 2 * password.length + 1);
        escaped.put("*:*:*:*:");
        for (char c : password) {
            if (c == '\n' || c == '\r' || c == '\0') {
                return new byte[0];
            }
            if (c == ':' || c == '\\') {
                escaped.put('\\');
            }
            escaped.put(c);
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(escaped.put('\n').flip());
        byte[] line = new byte[encoded.remaining()];
        encoded.get(line).rewind();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        Arrays.fill(escaped.array(), '\0');
        return line;
    }

    Path path() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LOGGER.warn("{} could not be removed: {}", directory, e.getMessage());
        }
    }
}
