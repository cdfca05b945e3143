package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchCommandTest {
    @Test
    void leavesAloneWhatAnotherProcessFetches(@TempDir Path temp) throws Exception {
        Path stick = Files.createDirectory(temp.resolve("stick"));
        Path into = Files.createDirectory(temp.resolve("into"));
        FetchOptions options = FetchOptions.parse("fetch", "--from", stick.toString(), "--into", into.toString(), "7");
        Path work = FetchedFiles.into(into, RemotePlace.of(options)).work();
        PrintStream none = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Asking nobody = new Asking(Optional.empty(), new ByteArrayInputStream(new byte[0]), none);

        try (DataDirectory held = DataDirectory.open(work)) {
            Path theirs = Files.writeString(held.root().resolve("fetched"), "half");
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> new FetchCommand(nobody, none, none).run(options))
                    .withMessageContaining("--into");
            assertThat(theirs).exists();
        }
    }

    @Test
    void asksNobodyWithoutAPassword(@TempDir Path into) throws Exception {
        FetchOptions options =
                FetchOptions.parse("fetch", "--from", "sftp://h/d", "--user", "u", "--into", into.toString());
        PrintStream none = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Asking nobody = new Asking(Optional.empty(), new ByteArrayInputStream(new byte[0]), none);

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> new FetchCommand(nobody, none, none).run(options))
                .withMessage(Texts.text("fetch.noPassword"))
                .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(Refusal.FAILED));
        assertThat(into).isEmptyDirectory();
    }
}
