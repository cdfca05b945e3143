package de.joecash.backup.core.internal.seal;

import de.joecash.backup.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;

/** Bytes sealed and opened in memory. */
final class Sealed {
    private Sealed() {}

    static Secret newIdentity() {
        try {
            return AgeKey.newIdentity();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Opener opener(Secret identity) {
        return Opener.of(identity).orElseThrow();
    }

    static byte[] sealed(byte[] content, Secret... identities) throws IOException {
        List<String> recipients = List.of(identities).stream()
                .map(identity -> opener(identity).recipient())
                .toList();
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = new Sealer(new Recipients(recipients)).sealing(sealed)) {
            out.write(content);
        }
        return sealed.toByteArray();
    }

    static byte[] opened(byte[] sealed, Secret identity) throws IOException {
        try (InputStream in = opener(identity).opening(new ByteArrayInputStream(sealed))) {
            return in.readAllBytes();
        }
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
