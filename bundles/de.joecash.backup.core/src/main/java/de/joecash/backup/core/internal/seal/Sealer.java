package de.joecash.backup.core.internal.seal;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals to recipients, so that nobody else reads it, the till included: binary files of age v1 (C2SP age.md), each
 * under a key of its own. Immutable, thread-safe.
 */
public final class Sealer {
    private final List<RecipientStanzaWriter> recipients = new ArrayList<>();

    /**
     * Takes the recipients.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Sealer(Recipients recipients) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("Nobody could open it");
        }
        try {
            for (String recipient : recipients.values()) {
                this.recipients.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no X25519", e);
        }
    }

    /**
     * Seals what is written. Equal contents give different bytes each time. Memory does not depend on the length.
     *
     * @param out takes the sealed bytes, and is closed with the stream
     * @return to be closed by the caller, which writes the end. Closed without having written all, be it because of a
     *     failure elsewhere, what is there opens all the same: whoever seals throws it away then
     * @throws IOException of {@code out}
     */
    public OutputStream sealing(OutputStream out) throws IOException {
        try {
            return new SealedOutput(
                    new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(out), recipients),
                    out);
        } catch (GeneralSecurityException e) {
            throw new IOException("Sealing failed", e);
        }
    }
}
