package de.joecash.backup.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FeatureTest {
    private static final Pattern DEPENDENCY =
            Pattern.compile("^\\s+([^:\\s]+):([^:]+):jar:([^:]+):(?:compile|runtime)");

    @Test
    void descriptorsNameExactlyTheModulesDependencies() throws IOException {
        List<Artifact> dependencies = Files.readAllLines(Path.of("target", "dependencies.txt")).stream()
                .map(DEPENDENCY::matcher)
                .filter(Matcher::find)
                .map(line -> new Artifact(line.group(1), line.group(2), line.group(3)))
                .toList();

        assertThat(Feature.union(
                        Feature.shipped(Feature.DEMO_HOST),
                        Feature.shipped(Feature.BACKUP),
                        Feature.shipped(Feature.JAKARTA),
                        Feature.shipped(Feature.KARAF)))
                .containsExactlyInAnyOrderElementsOf(dependencies);
    }

    @Test
    void whatGetsBackupsBackIsAPartOfWhatIsShipped() {
        assertThat(Feature.union(Feature.shipped(Feature.DEMO_HOST), Feature.shipped(Feature.BACKUP)))
                .containsAll(Feature.shipped(Feature.FETCH).bundles());
    }

    @Test
    void namesAreUnique() {
        assertThat(Feature.union(Feature.shipped(Feature.DEMO_HOST), Feature.shipped(Feature.BACKUP)))
                .extracting(Artifact::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void unionKeepsTheFirstPlaceOfABundle() {
        Feature host = new Feature("host", List.of(Artifact.parse("g:log:1"), Artifact.parse("g:json:2")));
        Feature guest = new Feature("guest", List.of(Artifact.parse("g:json:2"), Artifact.parse("g:guest:3")));

        assertThat(Feature.union(host, guest)).extracting(Artifact::name).containsExactly("log", "json", "guest");
    }

    @Test
    void refusesWhatIsNoDescriptor() {
        assertThatThrownBy(() -> Feature.read(new StringReader("[]"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Feature.read(new StringReader(
                        "{\"feature-resource-version\": \"1.0\", \"id\": \"g:f:1\", \"bundles\": [{\"id\": \"h2\"}]}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("h2");
        assertThatThrownBy(() -> Feature.shipped("../secret")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesABundleNamedTwice() {
        Artifact h2 = Artifact.parse("com.h2database:h2:2");

        assertThatThrownBy(() -> new Feature("g:f:1", List.of(h2, new Artifact("com.h2database", "h2", "2"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
