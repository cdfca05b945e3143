package de.joecash.backup.shell.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupService;
import de.joecash.backup.Keys;
import de.joecash.backup.RecoverySheet;
import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands about keys, of the scope {@code backup}. */
@Component(
        service = KeyCommands.class,
        property = {
            "osgi.command.scope=backup",
            "osgi.command.function=keys",
            "osgi.command.function=sheet",
            "osgi.command.function=trust"
        })
public final class KeyCommands {
    private final BackupService backups;

    @Activate
    public KeyCommands(@Reference BackupService backups) {
        this.backups = backups;
    }

    @Descriptor("keys: says who signs here, whose signatures are trusted, and who can open what is sent")
    public void keys(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, "keys");
        Keys keys;
        try {
            keys = backups.keys();
        } catch (BackupException e) {
            throw new CommandFailed(e.problem());
        }
        Texts texts = Texts.current();
        PrintStream out = session.getConsole();
        out.println(texts.get("keys.till", keys.till()));
        out.println(texts.get(
                !keys.encrypted()
                        ? "keys.recipients.off"
                        : keys.recipients().isEmpty() ? "keys.recipients.none" : "keys.recipients"));
        keys.recipients()
                .forEach(recipient ->
                        out.println("  " + recipient.publicKey() + "  " + texts.get("origin." + recipient.origin())));
        out.println(texts.get(keys.trusted().isEmpty() ? "keys.trusted.none" : "keys.trusted"));
        keys.trusted().forEach(signer -> out.println("  " + signer));
    }

    @Descriptor("sheet: makes a recovery sheet and shows it once, with its key")
    public void sheet(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, "sheet");
        RecoverySheet sheet;
        try {
            sheet = backups.makeRecoverySheet();
        } catch (BackupException e) {
            throw new CommandFailed(e.problem());
        }
        Texts texts = Texts.current();
        PrintStream out = session.getConsole();
        out.println(sheet.text(texts.locale()));
        out.println(sheet.code().halfBlocks());
        out.println(texts.get("sheet.once"));
    }

    @Descriptor("trust FINGERPRINT: takes what another till signed for true; compare it with that till's sheet before")
    public void trust(CommandSession session, String... arguments) throws CommandFailed {
        if (arguments.length == 0) {
            expect(arguments, 1, "trust");
        }
        Texts texts = Texts.current();
        try {
            // Its groups may have been typed with blanks between them.
            backups.trust(String.join(" ", arguments));
        } catch (BackupException e) {
            throw new CommandFailed(e.problem());
        }
        session.getConsole().println(texts.get("trusted"));
    }

    private static void expect(String[] arguments, int count, String command) throws CommandFailed {
        if (arguments.length != count) {
            Texts texts = Texts.current();
            throw new CommandFailed(texts.get("usage", texts.get("usage." + command)));
        }
    }
}
