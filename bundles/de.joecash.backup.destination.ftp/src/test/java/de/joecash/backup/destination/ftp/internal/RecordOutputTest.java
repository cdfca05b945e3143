package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What TLS writes, on its way to the socket. */
class RecordOutputTest {
    private static final int FULL = 16_384 + 22;
    private static final int SHORT = 100;

    private final List<Integer> writes = new ArrayList<>();
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private final ByteArrayOutputStream given = new ByteArrayOutputStream();
    private final Random random = new Random(1);

    private final RecordOutput out = new RecordOutput(new OutputStream() {
        @Override
        public void write(int b) {
            throw new AssertionError("A byte by itself");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writes.add(length);
            arrived.write(bytes, offset, length);
        }
    });

    @Test
    void fullRecordsGoSeveralAtATime() throws Exception {
        for (int i = 0; i < 20; i++) {
            write(FULL);
        }
        write(SHORT);

        assertThat(writes).containsExactly(8 * FULL, 8 * FULL, 4 * FULL + SHORT);
        assertThat(arrived.toByteArray()).isEqualTo(given.toByteArray());
    }

    @Test
    void whatIsShorterThanAFullOneIsNotHeldBack() throws Exception {
        write(SHORT);
        write(1);

        assertThat(arrived.toByteArray()).isEqualTo(given.toByteArray());
    }

    @Test
    void whatIsLongerThanAllThatIsHeldComesInOrder() throws Exception {
        write(FULL);
        write(20 * FULL);
        write(SHORT);

        assertThat(arrived.toByteArray()).isEqualTo(given.toByteArray());
    }

    private void write(int length) throws IOException {
        byte[] record = new byte[length];
        random.nextBytes(record);
        given.write(record);
        if (length == 1) {
            out.write(record[0]);
        } else {
            out.write(record);
        }
    }
}
