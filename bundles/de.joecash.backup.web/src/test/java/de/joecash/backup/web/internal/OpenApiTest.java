package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.joecash.backup.testkit.FakeBackupService;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description of the JSON says what the JSON is. */
class OpenApiTest {
    private final JsonObject description = JsonParser.parseString(new String(
                    new PageFiles().find("/openapi.json").orElseThrow().bytes(), StandardCharsets.UTF_8))
            .getAsJsonObject();
    private final JsonObject schemas = description.getAsJsonObject("components").getAsJsonObject("schemas");

    @Test
    void describesEveryAddressAndWhoMayAsk() {
        Endpoints endpoints = new Endpoints(Boards.of(new FakeBackupService()), "");
        Map<String, String> described = new TreeMap<>();
        description.getAsJsonObject("paths").entrySet().forEach(path -> path.getValue()
                .getAsJsonObject()
                .entrySet()
                .forEach(method -> described.put(
                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        method.getValue().getAsJsonObject().get("x-role").getAsString())));
        Map<String, String> there = new TreeMap<>();
        endpoints.paths().forEach(path -> endpoints
                .methods(path)
                .forEach(method -> there.put(
                        method + " " + path, endpoints.least(method, path).name())));

        assertThat(described).isEqualTo(there);
    }

    @Test
    void describesEveryFieldAndEveryValue() {
        Map<String, Class<?>> records = Stream.of(Views.class, Asks.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredClasses()))
                .collect(Collectors.toMap(type -> type.getSimpleName().replace("View", ""), Function.identity()));
        records.put("Moment", Moment.class);

        assertThat(schemas.keySet()).isEqualTo(records.keySet());
        records.forEach((name, type) -> {
            JsonObject properties = schemas.getAsJsonObject(name).getAsJsonObject("properties");
            List<RecordComponent> components = List.of(type.getRecordComponents());
            assertThat(properties.keySet())
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(
                            components.stream().map(RecordComponent::getName).toList());
            components.stream().filter(component -> element(component).isEnum()).forEach(component -> assertThat(
                            values(properties.getAsJsonObject(component.getName())))
                    .as(name + "." + component.getName())
                    .isEqualTo(names(element(component))));
        });
    }

    /** The type of a component, or of what a list holds. */
    private static Class<?> element(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : component.getType();
    }

    @Test
    void pointsOnlyAtWhatItHolds() {
        String text = description.toString();
        Set<String> known = schemas.keySet();

        assertThat(Pattern.compile("#/components/schemas/([A-Za-z]+)")
                        .matcher(text)
                        .results()
                        .map(result -> result.group(1)))
                .isNotEmpty()
                .allMatch(known::contains);
    }

    private static List<String> values(JsonObject property) {
        JsonObject value = property.has("items") ? property.getAsJsonObject("items") : property;
        assertThat(value.has("enum")).as("values of %s", property).isTrue();
        return value.getAsJsonArray("enum").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
    }
}
