package de.joecash.backup.pos.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.FoundMedium;
import de.joecash.backup.Media;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.PluggedMedia;
import de.joecash.pos.settings.InvalidSettingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Chooses a medium that is plugged in at 01.1 and 01.2, so that nobody has to type a path. */
@Component
public final class LocalMedia implements Media {
    private final LocalBackupSettings settings;
    private final PluggedMedia plugged;

    /** Creates the choice. */
    @Activate
    public LocalMedia(@Reference LocalBackupSettings settings, @Reference PluggedMedia plugged) {
        this.settings = settings;
        this.plugged = plugged;
    }

    @Override
    public List<FoundMedium> list() {
        return plugged.list();
    }

    @Override
    public boolean chosen(String path) {
        LocalBackup now = settings.present();
        return now.local() && now.path().equals(path);
    }

    @Override
    public Optional<String> replaces() {
        LocalBackup now = settings.present();
        return now.local() || now.path().isEmpty() ? Optional.empty() : Optional.of(now.path());
    }

    @Override
    public void choose(String path, Locale locale) throws BackupException {
        if (chosen(path)) {
            return;
        }
        try {
            settings.change(Map.of(LocalBackup.KIND, LocalBackup.LOCAL, LocalBackup.PATH, path));
        } catch (InvalidSettingException e) {
            throw new BackupException(new Problem.InvalidInput(e.problem(locale)), e);
        }
    }
}
