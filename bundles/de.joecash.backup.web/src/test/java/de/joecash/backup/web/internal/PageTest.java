package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {
    private final PageFiles files = new PageFiles();
    private final String html = text("/");
    private final String script = text("/app.js");
    private final String style = text("/style.css");
    private final Map<String, String> texts = new Texts(Locale.GERMAN).all();

    @Test
    void everyElementThatTheScriptAsksForIsThere() {
        List<String> ids = found(script, "(?:\\$|put|say|draw|drawFact|move)\\(\"([a-z-]+)\"");

        assertThat(ids).hasSizeGreaterThan(20);
        assertThat(found(html, " id=\"([a-z-]+)\"")).containsAll(ids).doesNotHaveDuplicates();
    }

    @Test
    void everyTextThatThePageAsksForIsThere() {
        assertThat(texts.keySet())
                .containsAll(found(html, " data-t=\"([^\"]+)\""))
                .containsAll(found(script, "\\bt\\(\"([A-Za-z.]+[A-Za-z])\"[,)]"))
                .containsAll(found(script, "\\bact\\(\"([a-z.]+)\""))
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
        int page = List.of("/", "/app.js", "/style.css", "/icon.svg").stream()
                .mapToInt(path -> files.find(path).orElseThrow().bytes().length)
                .sum();
        int words = texts.toString().getBytes(StandardCharsets.UTF_8).length;

        assertThat(page + words).isLessThan(60_000);
    }

    private String text(String path) {
        return new String(files.find(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
