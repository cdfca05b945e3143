package de.joecash.backup.shell.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupService;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The shell's {@code backup:check-key}; a function of its own, since no method can have a hyphen in its name. */
@Component(
        service = Function.class,
        property = {"osgi.command.scope=backup", "osgi.command.function=check-key"})
public final class CheckKeyCommand implements Function {
    private final BackupService backups;

    @Activate
    public CheckKeyCommand(@Reference BackupService backups) {
        this.backups = backups;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws CommandFailed {
        Texts texts = Texts.current();
        if (arguments.size() != 1) {
            throw new CommandFailed(texts.get("usage", texts.get("usage.check-key")));
        }
        String path = String.valueOf(arguments.get(0));
        try {
            if (!backups.opens(KeyFile.read(path, session.getKeyboard(), texts))) {
                throw new CommandFailed(texts.get("key.refused", path));
            }
        } catch (BackupException e) {
            throw new CommandFailed(e.problem());
        }
        session.getConsole().println(texts.get("key.opens"));
        return null;
    }
}
