package de.joecash.benchmarks.till;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A till's rows in memory, shaped as in a dump. */
public final class TillText {
    private TillText() {}

    /**
     * The first so many bytes of {@code TillRows text}.
     *
     * @param length how many bytes, at least 0
     * @return a new array each time, always the same for the same length
     */
    public static byte[] bytes(int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length + (1 << 16));
        try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            TillRows.writeText(out, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(bytes.toByteArray(), length);
    }
}
