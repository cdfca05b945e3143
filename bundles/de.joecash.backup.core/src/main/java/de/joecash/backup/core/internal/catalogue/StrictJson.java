package de.joecash.backup.core.internal.catalogue;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * JSON that every reader understands alike: no name twice in an object, which RFC 8259, section 4 leaves open, no bytes
 * that are no UTF-8, one value and nothing behind it.
 */
final class StrictJson {
    private static final int DEEPEST = 16;

    private StrictJson() {}

    /**
     * Gives the text.
     *
     * @throws IOException if it is none
     */
    static String text(byte[] bytes) throws IOException {
        String text = decoded(bytes);
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            walk(reader);
        } catch (IllegalStateException | NumberFormatException e) {
            throw new IOException("not JSON", e);
        }
        return text;
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static void walk(JsonReader reader) throws IOException {
        Deque<Set<String>> names = new ArrayDeque<>();
        for (JsonToken next = reader.peek(); next != JsonToken.END_DOCUMENT; next = reader.peek()) {
            switch (next) {
                case BEGIN_OBJECT -> {
                    reader.beginObject();
                    deeper(names);
                }
                case END_OBJECT -> {
                    reader.endObject();
                    names.pop();
                }
                case BEGIN_ARRAY -> {
                    reader.beginArray();
                    deeper(names);
                }
                case END_ARRAY -> {
                    reader.endArray();
                    names.pop();
                }
                case NAME -> {
                    String name = reader.nextName();
                    if (!names.element().add(name)) {
                        throw new IOException("a name stands there twice");
                    }
                }
                default -> reader.skipValue();
            }
        }
    }

    private static void deeper(Deque<Set<String>> names) throws IOException {
        if (names.size() == DEEPEST) {
            throw new IOException("nested too deeply");
        }
        names.push(new HashSet<>());
    }
}
