package de.joecash.backup.shell.internal;

import de.joecash.backup.BackupService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;

/**
 * The commands in a real Gogo shell, without a framework. Something may be done whenever a line of progress is shown.
 */
final class Shell {
    private final BackupCommands commands;
    private final KeyCommands keyCommands;
    private final CheckKeyCommand checkKey;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private byte[] typed = {};
    private Runnable onProgress = () -> {};

    Shell(BackupService backups) {
        commands = new BackupCommands(backups, new Waiting(Duration.ofMillis(1), Duration.ofMillis(1)));
        keyCommands = new KeyCommands(backups);
        checkKey = new CheckKeyCommand(backups);
    }

    void whenProgressIsShown(Runnable action) {
        onProgress = action;
    }

    String run(String line) throws Exception {
        printed.reset();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8) {
            @Override
            public void flush() {
                super.flush();
                if (printed().lines().reduce("", (earlier, later) -> later).startsWith("  ")) {
                    onProgress.run();
                }
            }
        };
        ThreadIOImpl threads = new ThreadIOImpl();
        threads.start();
        try {
            CommandProcessorImpl processor = new CommandProcessorImpl(threads);
            processor.addCommand("backup", commands, BackupCommands.class);
            processor.addCommand("backup", keyCommands, KeyCommands.class);
            processor.addCommand("backup", checkKey, "check-key");
            try (CommandSession session = processor.createSession(new ByteArrayInputStream(typed), out, out)) {
                session.execute(line);
            }
        } finally {
            threads.stop();
        }
        return printed();
    }

    /** What commands read that ask for something. */
    void type(String text) {
        typed = text.getBytes(StandardCharsets.UTF_8);
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
