package de.joecash.pos.reference.internal.till;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A file whose first line is a password, and that nobody but its owner reads. */
final class PasswordFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final int LONGEST = 4096;

    private PasswordFile() {}

    /** Reads the password. The caller wipes it. */
    static char[] read(Path file) throws TillRefusal {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new TillRefusal("password.missing", file);
            }
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new TillRefusal("password.open", file);
            }
            byte[] bytes = Files.readAllBytes(file);
            char[] password = firstLine(bytes);
            Arrays.fill(bytes, (byte) 0);
            if (password.length == 0) {
                throw new TillRefusal("password.empty", file);
            }
            return password;
        } catch (IOException e) {
            throw new TillRefusal(e, "password.unreadable", file, e.toString());
        }
    }

    private static char[] firstLine(byte[] bytes) throws CharacterCodingException {
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        int length = 0;
        while (length < text.length() && text.charAt(length) != '\n' && text.charAt(length) != '\r') {
            length++;
        }
        char[] line = new char[length];
        text.get(line);
        Arrays.fill(text.array(), '\0');
        return line;
    }
}
