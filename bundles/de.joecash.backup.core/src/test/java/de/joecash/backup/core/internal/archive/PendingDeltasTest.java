package de.joecash.backup.core.internal.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PendingDeltasTest {
    /** Two contents of equal length and equal CRC-32. */
    private static final byte[] BASE = "plumless".getBytes(US_ASCII);

    private static final byte[] LOOKS_LIKE_IT = "buckeroo".getBytes(US_ASCII);

    private final PendingDeltas deltas = new PendingDeltas();

    @Test
    void givesWhatRestsOnAContentOnce() throws IOException {
        DeltaFormat.Packed packed = restingOn(BASE, 10);
        deltas.add(packed);
        assertThat(deltas.mayRestOn(BASE.length, MemberFormat.crc(BASE, BASE.length)))
                .isTrue();

        assertThat(deltas.restingOn(BASE)).containsExactly(packed);
        assertThat(deltas.restingOn(BASE)).isEmpty();
        assertThat(deltas.mayRestOn(BASE.length, MemberFormat.crc(BASE, BASE.length)))
                .isFalse();
    }

    @Test
    void isNotMistakenWhereAnotherContentLooksLikeABase() throws IOException {
        assertThat(MemberFormat.crc(BASE, BASE.length))
                .isEqualTo(MemberFormat.crc(LOOKS_LIKE_IT, LOOKS_LIKE_IT.length));
        DeltaFormat.Packed packed = restingOn(BASE, 10);
        DeltaFormat.Packed other = restingOn(LOOKS_LIKE_IT, 20);
        deltas.add(packed);
        assertThat(deltas.restingOn(LOOKS_LIKE_IT)).isEmpty();
        deltas.add(other);

        assertThat(deltas.restingOn(BASE)).containsExactly(packed);
        assertThat(deltas.restingOn(LOOKS_LIKE_IT)).containsExactly(other);
    }

    @Test
    void looksInVainOnlySoOften() throws IOException {
        deltas.add(restingOn(BASE, 10));
        for (int i = 0; i < 1000; i++) {
            assertThat(deltas.restingOn(LOOKS_LIKE_IT)).isEmpty();
        }

        assertThatIOException()
                .isThrownBy(() -> deltas.restingOn(LOOKS_LIKE_IT))
                .withMessageContaining("forged");
    }

    @Test
    void keepsNoMoreThanFitsAtATime() throws IOException {
        int half = (int) DeltaMember.MOST_COST / 2 / 9;
        for (int i = 0; i < 17; i++) {
            deltas.add(restingOn(BASE, half));
        }
        assertThatIOException()
                .isThrownBy(() -> {
                    deltas.add(restingOn(BASE, half));
                    deltas.add(restingOn(BASE, half));
                })
                .withMessageContaining("too many");

        deltas.restingOn(BASE);
        deltas.add(restingOn(BASE, half));
    }

    private static DeltaFormat.Packed restingOn(byte[] base, int bytes) {
        Digest sha256 = new Sha256().digest(base, base.length);
        DeltaMember of = new DeltaMember(sha256, sha256, 300_000, 80_000, 7, bytes);
        return new DeltaFormat.Packed(of, base.length, MemberFormat.crc(base, base.length), 6, new byte[0]);
    }
}
