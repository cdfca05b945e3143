package de.joecash.pos.reference.internal.demo;

import de.joecash.pos.reference.internal.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a vendor that the demo has none of, for signing what updates a host. It is made by lot at the first start
 * and lies where people look for it; a real vendor makes his own by OpenSSL and keeps it off every till.
 */
final class SigningVendor {
    private static final String FILE = "update.key";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final Pattern PUBLIC_BLOCK =
            Pattern.compile("-----BEGIN " + PUBLIC + "-----([A-Za-z0-9+/=\\s]+)-----END");

    private SigningVendor() {}

    /** Gives the public half (X.509 in Base64) of the pair in a directory, which is made if it is not there. */
    static String publicKey(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Optional<String> text = DurableFile.read(file);
        if (text.isEmpty()) {
            text = Optional.of(newPair());
            DurableFile.write(file, text.get());
        }
        Matcher block = PUBLIC_BLOCK.matcher(text.get());
        if (!block.find()) {
            throw new IOException(FILE);
        }
        return block.group(1).replaceAll("\\s", "");
    }

    private static String newPair() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + pem(PUBLIC, pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no Ed25519", e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
