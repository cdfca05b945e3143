package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an administrator reads where he configures a bundle. */
class MetatypeTextsTest {
    /** The Metatype service reads them as Latin-1 (Metatype Service Specification, section 105.9). */
    @Test
    void areAsciiSoThatNoUmlautIsGarbled() throws IOException {
        List<Path> texts = texts();

        assertThat(texts).isNotEmpty().allSatisfy(file -> assertThat(
                        StandardCharsets.US_ASCII.newEncoder().canEncode(Files.readString(file)))
                .isTrue());
    }

    @Test
    void haveTheSameKeysInGermanAndEnglish() throws IOException {
        assertThat(texts())
                .filteredOn(file -> !file.toString().endsWith("_de.properties"))
                .isNotEmpty()
                .allSatisfy(english -> assertThat(keys(english))
                        .isEqualTo(keys(Path.of(english.toString().replace(".properties", "_de.properties")))));
    }

    private static List<String> keys(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("=.*", ""))
                .sorted()
                .toList();
    }

    private static List<Path> texts() throws IOException {
        List<Path> directories = OurModules.all().stream()
                .map(module -> module.resolve("src/main/resources/OSGI-INF/l10n"))
                .filter(Files::isDirectory)
                .toList();
        Stream<Path> all = Stream.empty();
        for (Path directory : directories) {
            try (Stream<Path> files = Files.list(directory)) {
                all = Stream.concat(all, files.toList().stream());
            }
        }
        return all.toList();
    }
}
