package de.joecash.backup.pos.internal;

import de.joecash.backup.Place;
import de.joecash.backup.spi.KnownPlace;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The directory 01.2 at the data centre: without +Backup nothing is sent there, but what is there can be fetched. */
@Component
public final class DataCentrePlace implements KnownPlace {
    private final LocalBackupSettings settings;

    /** Creates the place. */
    @Activate
    public DataCentrePlace(@Reference LocalBackupSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<Place> place() {
        LocalBackup now = settings.present();
        return now.local() ? Optional.empty() : Optional.of(new Place(now.dataCentre(), now.path()));
    }
}
