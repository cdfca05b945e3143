package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.spi.Source;
import de.joecash.backup.tools.ToolSettings;
import de.joecash.backup.tools.ToolSource;
import de.joecash.pos.database.PosDatabase;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The till's database, where it is on a MariaDB server. */
@Component(service = Source.class, configurationPid = MariadbSource.PID)
@Designate(ocd = MariadbConfiguration.class)
public final class MariadbSource extends ToolSource<ServerAddress> {
    static final String PID = "de.joecash.backup.source.mariadb";

    /**
     * Reads from a database.
     *
     * @param database the till's
     * @param configuration where the tools are and how long they may take
     * @throws IllegalArgumentException if the configuration is not usable
     */
    @Activate
    public MariadbSource(
            @Reference(target = "(" + PosDatabase.KIND + "=mariadb)") PosDatabase database,
            MariadbConfiguration configuration) {
        this(
                database,
                ToolSettings.of(
                        configuration.tools(), configuration.lockTimeoutSeconds(), configuration.stallSeconds()));
    }

    MariadbSource(PosDatabase database, ToolSettings settings) {
        super(database, new Mariadb(settings));
    }

    @Deactivate
    @Override
    protected void stop() throws InterruptedException {
        super.stop();
    }
}
