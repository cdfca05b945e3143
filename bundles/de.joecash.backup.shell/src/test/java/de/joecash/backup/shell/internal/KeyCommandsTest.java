package de.joecash.backup.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.Keys;
import de.joecash.backup.RecoverySheet;
import de.joecash.backup.SquareCode;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.FakeBackupService;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandsTest {
    private static final String KEY = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";

    private final FakeBackupService backups = new FakeBackupService();
    private final Shell shell = new Shell(backups);
    private final Locale before = Locale.getDefault();

    @TempDir
    Path directory;

    @BeforeEach
    void speaksEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterEach
    void speaksAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void keysSaysWhoSignsAndWhoOpens() throws Exception {
        backups.keys = new Keys(
                "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF",
                true,
                List.of(
                        new Keys.Recipient("age1vendor", Keys.Origin.CONFIGURATION),
                        new Keys.Recipient("age1owner", Keys.Origin.RECOVERY_SHEET)),
                List.of("2222-3333-4444-5555-6666-7777"));

        assertThat(shell.run("backup:keys"))
                .contains("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")
                .contains("  age1vendor  (from the configuration)")
                .contains("  age1owner  (recovery sheet)")
                .contains("  2222-3333-4444-5555-6666-7777");
    }

    @Test
    void keysSaysWhatToDoWhereNobodyCouldOpen() throws Exception {
        assertThat(shell.run("backup:keys")).contains("backup:sheet").contains("nothing is sent");
        backups.keys = new Keys("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", false, List.of(), List.of());
        assertThat(shell.run("backup:keys")).contains("switched off");
    }

    @Test
    void sheetPrintsTheKeyOnceWithItsCodeAndSaysSo() throws Exception {
        BitSet dark = new BitSet();
        dark.set(0);
        backups.sheet = Optional.of(new RecoverySheet(
                ZonedDateTime.parse("2026-11-28T18:00:00+01:00[Europe/Berlin]"),
                new Secret(KEY),
                "age1owner",
                "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF",
                List.of("data-centre  ftp://backup.example.com"),
                new SquareCode(21, dark)));

        assertThat(shell.run("backup:sheet"))
                .contains("AGE-SECRET-KEY-1\n   EGTZ VFFV 2083")
                .contains("ftp://backup.example.com")
                .contains("\u2588\u2588\u2588\u2588\u2584\u2588")
                .contains("shown once");
    }

    @Test
    void sheetSaysWhyThereIsNone() {
        assertThatThrownBy(() -> shell.run("backup:sheet")).hasMessageContaining("/backups/keys");
    }

    @Test
    void trustTakesTheGroupsHoweverTheyAreParted() throws Exception {
        shell.run("backup:trust 2222-3333-4444-5555-6666-7777");
        shell.run("backup:trust 2222 3333 4444 5555 6666 7777");

        assertThat(backups.trusted).containsExactly("2222-3333-4444-5555-6666-7777", "2222 3333 4444 5555 6666 7777");
        assertThatThrownBy(() -> shell.run("backup:trust")).hasMessageContaining("trust FINGERPRINT");
    }

    @Test
    void checkKeyReadsTheKeyFromAFileAsAgeKeepsIt() throws Exception {
        backups.opening.add(new Secret(KEY));
        Path file = Files.writeString(directory.resolve("key.txt"), "# created\n# public key: age1x\n" + KEY + "\n");

        assertThat(shell.run("backup:check-key " + file)).contains("This key opens");
    }

    @Test
    void checkKeyReadsWhatSomebodyTypedInSeveralLines() throws Exception {
        backups.opening.add(new Secret("age-secret-key-1egtz vffv"));
        Path file = Files.writeString(directory.resolve("key.txt"), "age-secret-key-1\r\negtz vffv\r\n");

        assertThat(shell.run("backup:check-key " + file)).contains("This key opens");
    }

    @Test
    void checkKeyRefusesAndNeverRepeatsTheKey() throws Exception {
        Path file = Files.writeString(directory.resolve("key.txt"), KEY);
        Path empty = Files.writeString(directory.resolve("empty.txt"), "# nothing\n");

        assertThatThrownBy(() -> shell.run("backup:check-key " + file))
                .hasMessageContaining("mistyped")
                .hasMessageNotContaining("EGTZ");
        assertThatThrownBy(() -> shell.run("backup:check-key " + empty)).hasMessageContaining("no key");
        assertThatThrownBy(() -> shell.run("backup:check-key " + directory.resolve("gone")))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aTypedKeyEndsAtAnEmptyLineAndTheSessionGoesOn() throws Exception {
        InputStream keyboard =
                new ByteArrayInputStream("AGE-SECRET-\nKEY-1\n\nbackup:list\n".getBytes(StandardCharsets.UTF_8));

        String key = KeyFile.read("-", keyboard, Texts.current()).use(String::new);

        assertThat(key).isEqualTo("AGE-SECRET-KEY-1");
        assertThat(keyboard).hasContent("backup:list");
    }
}
