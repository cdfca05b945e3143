package de.joecash.backup.pos.internal;

import de.joecash.backup.BackupKind;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.TransferRoute;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** To the medium at 01.2, for what a person sends while 01.1 allows local copies. */
@Component(property = "service.ranking:Integer=200")
public final class LocalRoute implements TransferRoute {
    private final LocalBackupSettings settings;

    /** Creates the route. */
    @Activate
    public LocalRoute(@Reference LocalBackupSettings settings) {
        this.settings = settings;
    }

    @Override
    public String destination() {
        return DestinationProvider.MEDIUM;
    }

    @Override
    public Optional<String> directoryFor(BackupKind kind) {
        LocalBackup now = settings.present();
        return kind == BackupKind.MANUAL && now.local() ? Optional.of(now.path()) : Optional.empty();
    }
}
