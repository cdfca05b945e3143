package de.joecash.backup.tools;

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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password where a tool reads it, and nobody else: a file of mode 0600 in a directory of mode 0700, gone when it is
 * closed.
 */
public final class SecretFile implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(SecretFile.class);

    private final Path directory;
    private final Path file;

    private SecretFile(Path directory, String name) {
        this.directory = directory;
        file = directory.resolve(name);
    }

    /**
     * Writes one.
     *
     * @param name the file's name
     * @param credentials lend the password
     * @param format turns it into the file's text, in a buffer with an array, which is wiped; or into nothing, if it
     *     has a character that such a file cannot hold
     * @return to be closed by the caller, once the tool has ended
     * @throws IOException if it cannot be written, or there is no text
     */
    public static SecretFile of(String name, Credentials credentials, Function<char[], Optional<CharBuffer>> format)
            throws IOException {
        SecretFile made = new SecretFile(
                Files.createTempDirectory(
                        "joecash-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
                name);
        byte[] text = credentials.withPassword(
                password -> format.apply(password).map(SecretFile::encoded).orElseGet(() -> new byte[0]));
        try (SeekableByteChannel channel = Files.newByteChannel(
                made.file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            if (text.length == 0) {
                throw new IOException("the password has a line end, which no password file can hold");
            }
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static byte[] encoded(CharBuffer text) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(text);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes).rewind();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        Arrays.fill(text.array(), '\0');
        return bytes;
    }

    /**
     * Says where it is.
     *
     * @return absolute
     */
    public Path path() {
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
