package de.joecash.pos.reference.internal.demo;

import de.joecash.pos.reference.internal.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The key pair of a vendor that the demo has none of, so that what the demo sends can be encrypted and opened again.
 * Its private half is public knowledge: a real vendor makes his own by {@code age-keygen}, and tills get the public
 * half.
 */
final class DemoVendor {
    private static final String FILE = "vendor.key";
    private static final String PUBLIC_KEY = "# public key: ";

    private DemoVendor() {}

    /** Gives the public half, {@code age1…}. */
    static String recipient() throws IOException {
        return text().lines()
                .filter(line -> line.startsWith(PUBLIC_KEY))
                .map(line -> line.substring(PUBLIC_KEY.length()))
                .findFirst()
                .orElseThrow(() -> new IOException(FILE));
    }

    /** Puts the private half where people look for it, unless it is there. */
    static void handOut(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (DurableFile.read(file).isEmpty()) {
            DurableFile.write(file, text());
        }
    }

    private static String text() throws IOException {
        try (InputStream in = DemoVendor.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IOException(FILE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
