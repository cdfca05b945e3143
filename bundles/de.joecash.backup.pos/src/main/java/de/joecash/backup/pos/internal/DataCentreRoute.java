package de.joecash.backup.pos.internal;

import de.joecash.backup.BackupKind;
import de.joecash.backup.spi.TransferRoute;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * To the data centre, while the condition that stands for +Backup is there: always for automatic backups, and for what
 * a person sends unless that goes to the medium.
 */
@Component(
        name = "de.joecash.backup.pos.datacentre",
        property = {"service.ranking:Integer=100", Plus.REQUIRED})
public final class DataCentreRoute implements TransferRoute {
    private final LocalBackupSettings settings;

    /** Creates the route. */
    @Activate
    public DataCentreRoute(@Reference LocalBackupSettings settings) {
        this.settings = settings;
    }

    @Override
    public String destination() {
        return settings.present().dataCentre();
    }

    @Override
    public Optional<String> directoryFor(BackupKind kind) {
        LocalBackup now = settings.present();
        return switch (kind) {
            case AUTOMATIC -> Optional.of(now.local() ? "" : now.path());
            case MANUAL -> now.local() ? Optional.empty() : Optional.of(now.path());
            case SAFETY -> Optional.empty();
        };
    }
}
