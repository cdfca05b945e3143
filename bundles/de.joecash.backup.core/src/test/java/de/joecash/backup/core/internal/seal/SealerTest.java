package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.core.internal.seal.SealException.Reason;
import de.joecash.backup.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
    private static final int CHUNK = 1 << 16;

    private final Secret identity = Sealed.newIdentity();
    private final Secret other = Sealed.newIdentity();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 1_000_000})
    void whatWasSealedOpensWhateverItsLength(int length) throws IOException {
        byte[] content = Sealed.bytes(length);

        assertThat(Sealed.opened(Sealed.sealed(content, identity), identity)).isEqualTo(content);
    }

    @Test
    void everyRecipientOpensIt() throws IOException {
        byte[] sealed = Sealed.sealed(Sealed.bytes(1000), identity, other);

        assertThat(Sealed.opened(sealed, identity)).isEqualTo(Sealed.bytes(1000));
        assertThat(Sealed.opened(sealed, other)).isEqualTo(Sealed.bytes(1000));
    }

    @Test
    void singleBytesAreSealedAndReadLikeMany() throws IOException {
        byte[] content = Sealed.bytes(70_000);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out =
                new Sealer(new Recipients(List.of(Sealed.opener(identity).recipient()))).sealing(sealed)) {
            for (byte b : content) {
                out.write(b);
            }
        }
        ByteArrayOutputStream opened = new ByteArrayOutputStream();
        try (InputStream in = Sealed.opener(identity).opening(new ByteArrayInputStream(sealed.toByteArray()))) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                opened.write(b);
            }
        }

        assertThat(opened.toByteArray()).isEqualTo(content);
    }

    @Test
    void equalContentsAreSealedDifferently() throws IOException {
        assertThat(Sealed.sealed(Sealed.bytes(10), identity)).isNotEqualTo(Sealed.sealed(Sealed.bytes(10), identity));
    }

    @Test
    void anotherKeyIsToldFromDamage() throws IOException {
        assertThat(reason(Sealed.sealed(Sealed.bytes(10), identity), other)).contains(Reason.OTHER_KEY);
    }

    @Test
    void whatIsNotSealedIsNamed() {
        assertThat(reason(new byte[0], identity)).contains(Reason.NOT_SEALED);
        assertThat(reason("plain text that is longer than the mark".getBytes(StandardCharsets.UTF_8), identity))
                .contains(Reason.NOT_SEALED);
        assertThat(reason(new byte[] {31, (byte) 139, 8}, identity)).contains(Reason.NOT_SEALED);
    }

    @Test
    void cutAnywhereIsNoticedAndNeverTakenForAnotherKeyBehindTheHeader() throws IOException {
        byte[] sealed = Sealed.sealed(Sealed.bytes(3 * CHUNK + 17), identity);
        int header = sealed.length - (3 * CHUNK + 17) - 4 * 16;
        for (int length = 1; length < sealed.length; length += length < 400 ? 1 : 997) {
            Optional<Reason> reason = reason(Arrays.copyOf(sealed, length), identity);
            assertThat(reason).as("cut at %d", length).isPresent();
            assertThat(length >= header && reason.get() == Reason.OTHER_KEY)
                    .as("cut at %d", length)
                    .isFalse();
        }
        for (int chunks = 0; chunks <= 3; chunks++) {
            int end = header + chunks * (CHUNK + 16);
            assertThat(reason(Arrays.copyOf(sealed, end), identity))
                    .as("cut behind chunk %d", chunks)
                    .contains(Reason.END_MISSING);
        }
    }

    @Test
    void everyFlippedBitOfASmallFileIsNoticed() throws IOException {
        byte[] sealed = Sealed.sealed(Sealed.bytes(50), identity);
        Set<Reason> seen = EnumSet.noneOf(Reason.class);
        for (int i = 0; i < sealed.length * 8; i++) {
            byte[] flipped = sealed.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            Optional<Reason> reason = reason(flipped, identity);
            assertThat(reason).as("bit %d", i).isPresent();
            seen.add(reason.get());
        }
        assertThat(seen).contains(Reason.NOT_SEALED, Reason.OTHER_KEY, Reason.CHANGED, Reason.END_MISSING);
    }

    @Test
    void aFlipInTheMiddleIsAChangeAndNothingBehindItIsGiven() throws IOException {
        byte[] content = Sealed.bytes(4 * CHUNK);
        byte[] sealed = Sealed.sealed(content, identity);
        sealed[sealed.length - 2 * CHUNK] ^= 1;
        ByteArrayOutputStream opened = new ByteArrayOutputStream();

        try (InputStream in = Sealed.opener(identity).opening(new ByteArrayInputStream(sealed))) {
            assertThatThrownBy(() -> in.transferTo(opened))
                    .isInstanceOfSatisfying(
                            SealException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CHANGED));
            assertThatThrownBy(in::read).as("asked again").isInstanceOf(IOException.class);
        }
        assertThat(opened.toByteArray()).isEqualTo(Arrays.copyOf(content, 2 * CHUNK));
    }

    @Test
    void whatFollowsTheEndIsNoticed() throws IOException {
        for (int length : new int[] {10, CHUNK}) {
            byte[] sealed = Sealed.sealed(Sealed.bytes(length), identity);

            assertThat(reason(Arrays.copyOf(sealed, sealed.length + 1), identity))
                    .isPresent();
        }
    }

    @Test
    void whatTheStreamBelowThrowsComesThrough() throws IOException {
        byte[] sealed = Sealed.sealed(Sealed.bytes(3 * CHUNK), identity);
        IOException broken = new IOException("line broke");
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(sealed, 0, 2 * CHUNK), new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw broken;
            }
        });

        assertThatThrownBy(() -> Sealed.opener(identity).opening(in).readAllBytes())
                .isSameAs(broken);
    }

    @Test
    void afterAFailedWriteClosingWritesNoEnd() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (stored.size() > CHUNK) {
                    throw new IOException("disk full");
                }
                stored.write(b);
            }
        };
        OutputStream out =
                new Sealer(new Recipients(List.of(Sealed.opener(identity).recipient()))).sealing(full);

        assertThatThrownBy(() -> out.write(Sealed.bytes(3 * CHUNK))).hasMessage("disk full");
        int length = stored.size();
        out.close();
        out.close();

        assertThat(stored.size()).isEqualTo(length);
        assertThat(reason(stored.toByteArray(), identity)).isPresent();
    }

    @Test
    void nobodyCannotOpenAnything() {
        assertThatThrownBy(() -> new Sealer(Recipients.none())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<Reason> reason(byte[] sealed, Secret key) {
        try {
            byte[] unused = Sealed.opened(sealed, key);
            return Optional.empty();
        } catch (SealException e) {
            return Optional.of(e.reason());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
