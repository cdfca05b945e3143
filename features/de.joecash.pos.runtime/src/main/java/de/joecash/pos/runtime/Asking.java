package de.joecash.pos.runtime;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks for what no command line may hold: by a file, at the terminal without showing it, or, where there is none, by
 * lines of standard input.
 */
final class Asking {
    private static final int MOST_BYTES = 1 << 16;

    private final Optional<Console> console;
    private final BufferedReader lines;
    private final PrintStream prompts;

    Asking(Optional<Console> console, InputStream in, PrintStream prompts) {
        this.console = console;
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.prompts = prompts;
    }

    /** Gives a password: the first line of a file, or one that is typed. */
    Secret password(Optional<String> file, String prompt) throws Refusal {
        try {
            if (file.isEmpty() || file.get().equals(FetchOptions.TYPED)) {
                return new Secret(line(prompt));
            }
            return new Secret(text(file.get()).lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw unreadable(file.orElse(FetchOptions.TYPED), e);
        }
    }

    /** Gives a key that is typed, in as many lines as somebody likes, up to an empty one. */
    Secret key(String prompt) throws Refusal {
        StringBuilder key = new StringBuilder();
        try {
            for (String line = line(prompt); !line.isBlank(); line = line("")) {
                key.append(line).append('\n');
            }
        } catch (IOException e) {
            throw unreadable(FetchOptions.TYPED, e);
        }
        return new Secret(key);
    }

    private String line(String prompt) throws IOException {
        if (console.isPresent()) {
            char[] typed = console.get().readPassword("%s", prompt);
            return typed == null ? "" : new String(typed);
        }
        if (!prompt.isEmpty()) {
            prompts.println(prompt);
        }
        String line = lines.readLine();
        return line == null ? "" : line;
    }

    private static String text(String file) throws IOException, Refusal {
        try (InputStream in = Files.newInputStream(path(file))) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static Path path(String file) throws Refusal {
        return Options.path("--" + FetchOptions.PASSWORD_FILE, file);
    }

    private static Refusal unreadable(String file, IOException e) {
        return new Refusal(Refusal.FAILED, Texts.text("fetch.fileUnreadable", file, e.toString()), e);
    }
}
