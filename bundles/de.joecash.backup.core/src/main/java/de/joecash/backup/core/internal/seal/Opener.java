package de.joecash.backup.core.internal.seal;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import de.joecash.backup.core.internal.seal.SealException.Reason;
import de.joecash.backup.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Opens what was sealed to one identity: binary files of age v1 (C2SP age.md). Nothing of the key is in its text or in
 * what it throws. Immutable, thread-safe.
 */
public final class Opener {
    private static final byte[] BEGINNING = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);

    private final RecipientStanzaReader identity;
    private final String recipient;

    private Opener(RecipientStanzaReader identity, String recipient) {
        this.identity = identity;
        this.recipient = recipient;
    }

    /**
     * Takes an identity, {@code AGE-SECRET-KEY-1…}; case, blanks, line breaks and hyphens do not matter.
     *
     * @return empty if it is none; its checksum tells a mistyped one
     */
    public static Optional<Opener> of(Secret key) {
        return key.use(typed -> AgeKey.identity(typed).map(Opener::of));
    }

    private static Opener of(char[] identity) {
        try {
            return new Opener(
                    X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(CharBuffer.wrap(identity)),
                    AgeKey.recipientOf(identity));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no X25519");
        } finally {
            Arrays.fill(identity, '\0');
        }
    }

    /** The public half, {@code age1…}. */
    public String recipient() {
        return recipient;
    }

    /**
     * Opens what is read. What comes out was proven chunk by chunk (64 KiB); that it is whole is shown only by its end:
     * whatever was read before an exception is a beginning, no more. Memory does not depend on what the file says.
     *
     * @param in sealed; closed with the stream
     * @return to be closed by the caller; it throws {@link SealException} where what was sealed is not what is there,
     *     and what {@code in} throws as it is
     * @throws SealException if it cannot be opened by this key
     * @throws IOException of {@code in}
     */
    public InputStream opening(InputStream in) throws IOException {
        byte[] beginning = in.readNBytes(BEGINNING.length);
        if (!Arrays.equals(beginning, BEGINNING)) {
            boolean cut = beginning.length > 0 && Arrays.equals(beginning, Arrays.copyOf(BEGINNING, beginning.length));
            throw new SealException(cut ? Reason.END_MISSING : Reason.NOT_SEALED, null);
        }
        SealedInput sealed = new SealedInput(new SequenceInputStream(new ByteArrayInputStream(beginning), in));
        try {
            ReadableByteChannel opened =
                    new StandardDecryptingChannelFactory().newDecryptingChannel(sealed, List.of(identity));
            return new OpenedInput(opened, sealed);
        } catch (UnsupportedRecipientStanzaException e) {
            throw new SealException(Reason.OTHER_KEY, e);
        } catch (SignatureException e) {
            throw new SealException(Reason.CHANGED, e);
        } catch (GeneralSecurityException | PayloadException | RuntimeException e) {
            // Also runtime ones: the library runs over the end of a header that was cut off.
            throw sealed.damage(e);
        }
    }

    @Override
    public String toString() {
        return "Opener[" + recipient + "]";
    }
}
