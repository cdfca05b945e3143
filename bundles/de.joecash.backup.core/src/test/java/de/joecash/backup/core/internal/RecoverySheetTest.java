package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupException;
import de.joecash.backup.Keys;
import de.joecash.backup.RecoverySheet;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverySheetTest {
    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(directory, new InMemorySource("kasse1"));
        shop.core().ports().destinations().add(1, new InMemoryDestination("data-centre"));
        shop.core().ports().destinations().add(2, new InMemoryDestination("medium"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void itsKeyOpensHoweverItIsTypedOffThePage() throws BackupException {
        RecoverySheet sheet = shop.core().makeRecoverySheet();
        for (Locale locale : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            String page = sheet.text(locale);
            int from = page.indexOf("AGE-SECRET-KEY-1");
            String typed = page.substring(from, page.indexOf("2. ", from));

            assertThat(shop.core().opens(new Secret(typed)))
                    .as(locale.toString())
                    .isTrue();
            assertThat(shop.core().opens(new Secret(typed.toLowerCase(Locale.ROOT))))
                    .isTrue();
            assertThat(shop.core()
                            .opens(new Secret(
                                    typed.strip().substring(0, typed.strip().length() - 1))))
                    .isFalse();
        }
    }

    @Test
    void itTellsTheTillThePlacesAndTheWayWithoutOurProgram() throws BackupException {
        RecoverySheet sheet = shop.core().makeRecoverySheet();
        String till = shop.core().keys().till();

        assertThat(sheet.places()).containsExactly("data-centre");
        for (Locale locale : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            assertThat(sheet.text(locale))
                    .contains(till, "data-centre", sheet.recipient(), "backup:trust " + till, "--key key.txt")
                    .contains("age -d -i key.txt NAME.sql.gz.age | gunzip", "backup:check-key")
                    .contains("\n   AGE-SECRET-KEY-1\n   ", "\n      backup:trust ", "\n   age -d")
                    .doesNotContain("{", "''");
            assertThat(sheet.text(locale).lines())
                    .allMatch(line -> line.length() <= 80)
                    .hasSizeLessThan(62);
        }
        assertThat(sheet.text(Locale.GERMAN))
                .contains("Wenn alles verloren ist")
                .contains("22. November 2026");
        assertThat(sheet.text(Locale.FRENCH)).isEqualTo(sheet.text(Locale.ENGLISH));
    }

    @Test
    void eachMakesAnotherKeyAndAllStayGood() throws BackupException {
        RecoverySheet first = shop.core().makeRecoverySheet();
        RecoverySheet second = shop.core().makeRecoverySheet();
        shop.close();
        shop = new Shop(directory);

        assertThat(shop.core().opens(first.key())).isTrue();
        assertThat(shop.core().opens(second.key())).isTrue();
        assertThat(shop.core().keys().recipients())
                .containsExactly(
                        new Keys.Recipient(first.recipient(), Keys.Origin.RECOVERY_SHEET),
                        new Keys.Recipient(second.recipient(), Keys.Origin.RECOVERY_SHEET));
    }

    @Test
    void thePrivateHalfIsNowhereButInTheSheet() throws BackupException, IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        RecoverySheet sheet;
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            sheet = shop.core().makeRecoverySheet();
            assertThat(shop.core().opens(sheet.key())).isTrue();
            shop.backup();
        } finally {
            System.setErr(before);
        }
        String canary = sheet.key().use(key -> new String(key, 16, 20));

        assertThat(sheet.toString() + shop.core().keys() + logged.toString(StandardCharsets.UTF_8))
                .doesNotContainIgnoringCase(canary);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContainIgnoringCase(canary);
            }
        }
    }

    @Test
    void theCodeIsDrawnWithTheLightFrameThatScannersNeed() throws BackupException {
        RecoverySheet sheet = shop.core().makeRecoverySheet();
        int size = sheet.code().size();
        List<String> lines = sheet.code().halfBlocks().lines().toList();

        assertThat(lines).hasSize((size + 9) / 2).allMatch(line -> line.length() == size + 8);
        assertThat(lines.get(0)).isEqualTo("\u2588".repeat(size + 8));
        assertThat(sheet.code().svgSize()).isEqualTo(size + 8);
        assertThat(sheet.code().svgPath()).startsWith("M4,4h1v1h-1z");
        assertThat(sheet.code().dark(0, 0)).as("finder pattern").isTrue();
        assertThat(sheet.code().dark(-1, 0)).isFalse();
        assertThat(sheet.code().toString()).isEqualTo("***");
    }
}
