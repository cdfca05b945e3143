package de.joecash.backup.update.internal.set;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) that every reader understands alike: no name twice in an object, whole numbers, nothing behind the
 * one value, UTF-8. Objects become maps, arrays lists, numbers longs.
 */
final class StrictJson {
    private static final int DEEPEST = 8;

    private StrictJson() {}

    /**
     * Reads an object.
     *
     * @throws IOException if it is none
     */
    static Map<?, ?> object(byte[] bytes) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            Object value = value(reader, 0);
            if (reader.peek() == JsonToken.END_DOCUMENT && value instanceof Map<?, ?> object) {
                return object;
            }
            throw new IOException("no object");
        } catch (IllegalStateException | NumberFormatException e) {
            throw new IOException("not JSON", e);
        }
    }

    private static Object value(JsonReader reader, int depth) throws IOException {
        if (depth == DEEPEST) {
            throw new IOException("nested too deeply");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader, depth);
            case BEGIN_ARRAY -> array(reader, depth);
            case STRING -> reader.nextString();
            case NUMBER -> Long.valueOf(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            default -> throw new IOException("null");
        };
    }

    private static Map<String, Object> object(JsonReader reader, int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.put(name, value(reader, depth + 1)) != null) {
                throw new IOException("a name stands there twice");
            }
        }
        reader.endObject();
        return object;
    }

    private static List<Object> array(JsonReader reader, int depth) throws IOException {
        List<Object> array = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(value(reader, depth + 1));
        }
        reader.endArray();
        return array;
    }
}
