package de.joecash.pos.reference.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.reference.internal.till.TillStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Pattern HTML_KEY = Pattern.compile("data-text=\"([^\"]+)\"");
    private static final Pattern SCRIPT_KEY = Pattern.compile("words(?:\\.(\\w+)|\\['([\\w.-]+)'])");

    @Test
    void saysTheSameThingsInBothLanguages() {
        assertThat(Texts.all(Locale.GERMAN).keySet())
                .isEqualTo(Texts.all(Locale.ENGLISH).keySet());
        assertThat(Texts.all(Locale.GERMAN).get("maintenance")).isEqualTo("Wartung");
        assertThat(Texts.all(Locale.GERMAN).get("close")).isEqualTo("Schließen");
        assertThat(Texts.all(Locale.GERMAN).values()).noneMatch(String::isBlank);
        assertThat(Texts.all(Locale.ENGLISH).values()).noneMatch(String::isBlank);
    }

    @Test
    void choosesTheLanguageThatWasAskedForFirst() {
        assertThat(Texts.locale(
                        FakeHttp.get("/").with("Accept-Language", "de-AT").request()))
                .isEqualTo(Locale.GERMAN);
        assertThat(Texts.locale(FakeHttp.get("/").with("Accept-Language", "fr").request()))
                .isEqualTo(Locale.ENGLISH);
        assertThat(Texts.locale(FakeHttp.get("/").request())).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void hasEveryWordThatThePagesUse() throws Exception {
        TreeSet<String> used = new TreeSet<>();
        for (String address : List.of("/", "/login", "/pos/backoffice.js", "/pos/login.js", "/pos/shared.js")) {
            String page = new String(StaticFiles.at(address).orElseThrow().bytes(), StandardCharsets.UTF_8);
            for (Pattern pattern : List.of(HTML_KEY, SCRIPT_KEY)) {
                Matcher matcher = pattern.matcher(page);
                while (matcher.find()) {
                    used.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                }
            }
        }
        for (TillStatus.Phase phase : TillStatus.Phase.values()) {
            used.add("phase." + phase);
        }
        assertThat(used).contains("licence.on", "gear", "language");
        assertThat(Texts.all(Locale.ENGLISH).keySet()).containsAll(used);
    }

    @Test
    void servesPagesWithoutInlineScriptOrStyle() throws Exception {
        for (String address : List.of("/", "/login")) {
            String page = new String(StaticFiles.at(address).orElseThrow().bytes(), StandardCharsets.UTF_8);
            assertThat(page).doesNotContain("style=").doesNotContain("onclick").doesNotContain("<style");
            assertThat(page).doesNotContainPattern("<script(?![^>]*src=)");
        }
    }
}
