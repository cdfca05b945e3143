package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The private key in a file of OpenSSH's or PEM's form, which nobody but its owner may read. */
final class PrivateKey {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateKey() {}

    /** Reads it anew at each call, so that a file that was replaced is noticed. */
    static KeyPair read(String destination, SftpSettings.Key key) throws BackupException {
        if (!Files.isRegularFile(key.file())) {
            throw unusable(destination, key, "missing", null);
        }
        if (!forItsOwnerAlone(key.file())) {
            throw unusable(destination, key, "open-to-others", null);
        }
        byte[] content;
        try {
            content = Files.readAllBytes(key.file());
        } catch (IOException e) {
            throw unusable(destination, key, "unreadable", e);
        }
        String passphrase = key.passphrase().use(String::new);
        FilePasswordProvider asked =
                (session, resource, index) -> index == 0 && !passphrase.isEmpty() ? passphrase : null;
        return parse(destination, key, content, asked);
    }

    private static KeyPair parse(
            String destination, SftpSettings.Key key, byte[] content, FilePasswordProvider passphrase)
            throws BackupException {
        try (InputStream in = new ByteArrayInputStream(content)) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(null, new PathResource(key.file()), in, passphrase);
            Iterator<KeyPair> found = pairs == null ? Collections.emptyIterator() : pairs.iterator();
            if (found.hasNext()) {
                return found.next();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unusable(destination, key, "not-opened", e);
        }
        throw unusable(destination, key, "not-a-key", null);
    }

    private static boolean forItsOwnerAlone(Path file) {
        try {
            return OWNERS.containsAll(Files.getPosixFilePermissions(file));
        } catch (IOException | UnsupportedOperationException e) {
            // Reading it says what is wrong; where there are no such rights, there is nothing to see.
            return true;
        }
    }

    /** What is in the file, or was wrong with the passphrase, is said by no cause: it might be shown. */
    private static BackupException unusable(String destination, SftpSettings.Key key, String detail, Exception e) {
        return new BackupException(
                new Problem.KeyFileUnusable(destination, key.file().toString(), detail),
                e instanceof IOException && detail.equals("unreadable") ? e : null);
    }
}
