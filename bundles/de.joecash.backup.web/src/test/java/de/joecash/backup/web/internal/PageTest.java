package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Map<String, String> SCRIPTS = Map.of(
            "index.html", "app.js",
            "keys.html", "keys.js",
            "fetch.html", "fetch.js",
            "restore.html", "restore.js",
            "places.html", "places.js");

    private final PageFiles files = new PageFiles();
    private final String html = all(".html");
    private final String script = all(".js");
    private final String style = text("style.css");
    private final Map<String, String> texts = new Texts(Locale.GERMAN).all();

    @Test
    void everyElementThatAScriptAsksForIsOnItsPageAndOnThoseThatOpenLikeIt() {
        SCRIPTS.forEach((page, name) -> {
            String words = text(name);
            List<String> ids = found(words, "(?:\\$|put|say|draw|drawFact|move|step|hide)\\(\"([a-z-]+)\"");

            assertThat(ids).as(page).isNotEmpty();
            assertThat(found(text(page), " id=\"([a-z-]+)\""))
                    .as(page)
                    .containsAll(ids)
                    .contains("title", "main")
                    .doesNotHaveDuplicates();
            assertThat(words.contains("open(\"ADMINISTRATOR\""))
                    .as(page)
                    .isEqualTo(
                            text(page).contains(" id=\"refused\"") && text(page).contains(" id=\"page\" hidden"));
        });
    }

    @Test
    void everyTextThatThePageAsksForIsThere() {
        assertThat(texts.keySet())
                .containsAll(found(html, " data-t=\"([^\"]+)\""))
                .containsAll(found(script, "\\bt\\(\"([A-Za-z0-9.]+[A-Za-z0-9])\"[,)]"))
                .containsAll(found(script, "\\bact\\(\"([a-z.]+)\""))
                .containsAll(found(script, "\"((?:check|days|keys)\\.[a-z]+)\""))
                .containsAll(found(script, "\\bw\\(\"([a-z.]+)\"\\)").stream()
                        .map(key -> "sheet." + key)
                        .toList())
                .containsAll(found(script, "both\\(sheet, \"([a-z.]+)\"").stream()
                        .map(key -> "sheet." + key)
                        .toList())
                .containsAll(List.of("updating.head", "login.head", "copies.short", "copies.shorts"));
    }

    @Test
    void nothingIsInlineAndNothingComesFromElsewhere() {
        assertThat(html).doesNotContain("<style", "style=", "javascript:").doesNotContainPattern("\\son[a-z]+=");
        assertThat(found(html, "<script([^>]*)>[^<]*[^<\\s]")).isEmpty();
        assertThat(html + script + style).doesNotContainPattern("(src|href|url\\()[=\\s\"']*(https?:)?//");
    }

    @Test
    void whatComesFromOutsideIsOnlyEverText() {
        assertThat(script)
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(");
    }

    @Test
    void isSmall() {
        int page = PageFiles.names().stream()
                .mapToInt(name -> files.find("/" + name).orElseThrow().bytes().length)
                .sum();
        int words = texts.toString().getBytes(StandardCharsets.UTF_8).length;

        assertThat(page + words).isLessThan(150_000);
    }

    private String all(String ending) {
        return PageFiles.names().stream()
                .filter(name -> name.endsWith(ending))
                .map(this::text)
                .collect(Collectors.joining());
    }

    private String text(String name) {
        return new String(files.find("/" + name).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
