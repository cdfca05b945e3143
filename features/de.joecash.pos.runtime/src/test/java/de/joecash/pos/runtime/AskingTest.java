package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskingTest {
    private final ByteArrayOutputStream prompts = new ByteArrayOutputStream();

    private Asking asking(String typed) {
        return new Asking(
                Optional.empty(),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(prompts, true, StandardCharsets.UTF_8));
    }

    private static String shown(Secret secret) {
        return secret.use(String::new);
    }

    @Test
    void takesThePasswordFromTheFirstLineOfAFile(@TempDir Path directory) throws IOException, Refusal {
        Path file = Files.writeString(directory.resolve("password"), "geheim\nnot this\n");

        Secret password = asking("").password(Optional.of(file.toString()), "Password:");

        assertThat(shown(password)).isEqualTo("geheim");
        assertThat(password).hasToString("***");
        assertThat(prompts.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void takesPasswordAndKeyFromStandardInputOneAfterTheOther() throws Refusal {
        Asking asking = asking("geheim\nage-secret\nkey\n\nnot this\n");

        assertThat(shown(asking.password(Optional.empty(), "Password:"))).isEqualTo("geheim");
        assertThat(shown(asking.key("Key:"))).isEqualTo("age-secret\nkey\n");
        assertThat(prompts.toString(StandardCharsets.UTF_8))
                .contains("Password:")
                .contains("Key:");
    }

    @Test
    void namesAFileThatCannotBeRead() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> asking("").password(Optional.of("/nowhere/password"), "Password:"))
                .withMessageContaining("/nowhere/password");
    }
}
