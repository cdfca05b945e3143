package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys by which a server shows that it is the right one.
 *
 * @param fingerprints as {@code ssh-keygen -l} prints them
 * @param types of the keys that were given whole, e.g. {@code ssh-ed25519} (RFC 8709, section 4)
 */
record HostKeys(Set<String> fingerprints, Set<String> types) {
    private static final String FINGERPRINT = "SHA256:[A-Za-z0-9+/]{43}";
    private static final String KEY = "(ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/]+={0,2}( .*)?";

    HostKeys {
        fingerprints = Set.copyOf(fingerprints);
        types = Set.copyOf(types);
    }

    /**
     * Reads keys as people write them.
     *
     * @param texts each {@code SHA256:…}, or a line of a {@code .pub} file; empty ones are left out
     * @throws IllegalArgumentException if one is neither
     */
    static HostKeys of(List<String> texts) {
        Set<String> fingerprints = new HashSet<>();
        Set<String> types = new HashSet<>();
        for (String text : texts) {
            String one = text.strip();
            if (one.matches(FINGERPRINT)) {
                fingerprints.add(one);
            } else if (one.matches(KEY)) {
                byte[] blob = blob(one);
                fingerprints.add(fingerprint(blob));
                types.add(type(blob));
            } else if (!one.isEmpty()) {
                throw wrong();
            }
        }
        return new HostKeys(fingerprints, types);
    }

    /**
     * Says whether a server with this key is the right one.
     *
     * @param blob the key as it goes over the line (RFC 4253, section 6.6)
     * @throws BackupException {@code HostKeyUnknown} or {@code HostKeyChanged}
     */
    void check(String destination, byte[] blob) throws BackupException {
        String shown = fingerprint(blob);
        if (!fingerprints.contains(shown)) {
            throw new BackupException(
                    fingerprints.isEmpty()
                            ? new Problem.HostKeyUnknown(destination, shown)
                            : new Problem.HostKeyChanged(destination, shown));
        }
    }

    private static byte[] blob(String line) {
        try {
            return Base64.getDecoder().decode(line.split(" ", 3)[1]);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static String type(byte[] blob) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(blob);
            byte[] name = new byte[Math.min(Math.max(buffer.getInt(), 0), buffer.remaining())];
            buffer.get(name);
            return new String(name, StandardCharsets.US_ASCII);
        } catch (BufferUnderflowException e) {
            throw wrong();
        }
    }

    private static String fingerprint(byte[] blob) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "SFTP destination: hostKeys must be SHA256:… as ssh-keygen -l prints it, or a whole key");
    }
}
