package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedSignersTest {
    private static final Instant WHEN = Instant.parse("2026-11-28T18:00:00Z");
    private static final Fingerprint OTHER = new Fingerprint("2222-3333-4444-5555-6666-7777");
    private static final Fingerprint THIRD = new Fingerprint("2222-3333-4444-5555-6666-7778");

    @TempDir
    Path directory;

    @Test
    void nobodyIsTrustedWithoutAWord() throws IOException {
        assertThat(new TrustedSigners(directory).list()).isEmpty();
    }

    @Test
    void whoWasConfirmedStaysTrustedAndIsWrittenOnce() throws IOException {
        new TrustedSigners(directory).add(OTHER, WHEN);
        new TrustedSigners(directory).add(OTHER, WHEN.plusSeconds(1));
        TrustedSigners signers = new TrustedSigners(directory);

        assertThat(signers.list()).containsExactly(OTHER);
        assertThat(directory.resolve("trusted")).hasContent(OTHER + " " + WHEN + "\n");
    }

    @Test
    void aLineThatIsNoneTrustsNobodyAndStays() throws IOException {
        Files.writeString(directory.resolve("trusted"), "# by hand\n\n2222-3333\n*\n" + OTHER + "\n");
        TrustedSigners signers = new TrustedSigners(directory);
        signers.add(THIRD, WHEN);

        assertThat(signers.list()).containsExactly(OTHER, THIRD);
        assertThat(directory.resolve("trusted")).content().startsWith("# by hand\n");
    }

    @Test
    void aFileThatCannotBeReadTrustsNobody() throws IOException {
        Files.createDirectory(directory.resolve("trusted"));

        assertThatThrownBy(() -> new TrustedSigners(directory).list()).isInstanceOf(IOException.class);
    }
}
