package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.testkit.BytesContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    private static final int CHUNK = 16;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 10 * CHUNK, 10 * CHUNK + 5})
    void givesAllBytesInWholeChunksButForTheLast(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        ByteBuffer given = ByteBuffer.allocate(length);
        try (ReadAhead ahead = new ReadAhead(new ByteArrayInputStream(bytes), CHUNK)) {
            for (ByteBuffer chunk = ahead.next(); chunk.hasRemaining(); chunk = ahead.next()) {
                assertThat(chunk.remaining()).isEqualTo(Math.min(CHUNK, given.remaining()));
                given.put(chunk);
            }
            assertThat(ahead.next().hasRemaining()).isFalse();
        }
        assertThat(given.flip()).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @Test
    void throwsWhatTheStreamThrowsAfterWhatItGave() throws IOException {
        BytesContent broken = new BytesContent(new byte[2 * CHUNK]).at(CHUNK, () -> {
            throw new IOException("gone");
        });
        try (InputStream in = broken.open();
                ReadAhead ahead = new ReadAhead(in, CHUNK)) {
            assertThat(ahead.next().remaining()).isEqualTo(CHUNK);
            assertThatThrownBy(ahead::next).isInstanceOf(IOException.class).hasMessage("gone");
        }
    }
}
