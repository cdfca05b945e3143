package de.joecash.pos.jakarta.internal;

import de.joecash.pos.database.Credentials;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The till's database, where a Jakarta EE server has it as a JDBC resource: for a host without code of ours. It is
 * backed up, and restored into another database. It cannot be swapped: whoever holds connections of the resource is not
 * known here, so {@link #side()} refuses.
 */
@Component(
        service = PosDatabase.class,
        configurationPid = JakartaDatabase.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JakartaConfiguration.class)
public final class JakartaDatabase implements PosDatabase {
    static final String PID = "de.joecash.pos.jakarta";

    private final String till;
    private final String kind;
    private final String url;
    private final Credentials credentials;
    private final DataSource dataSource;

    /**
     * Takes what is configured. The resource itself need not be there yet.
     *
     * @param configuration of the one till that the server has
     * @throws IllegalArgumentException if it is not usable
     */
    @Activate
    public JakartaDatabase(JakartaConfiguration configuration) {
        till = matching("till", configuration.till(), "[A-Za-z0-9][A-Za-z0-9_-]{0,31}");
        kind = matching(KIND, configuration.database_kind(), "postgresql|mariadb");
        url = matching("url", configuration.url(), "jdbc:(postgresql|mariadb):.+");
        if (!url.startsWith("jdbc:" + kind + ":")) {
            throw new IllegalArgumentException("url is no address of the kind " + kind);
        }
        credentials = new Credentials(
                matching("user", configuration.user(), ".+"),
                configuration._password().toCharArray());
        dataSource = new JndiDataSource(matching("resource", configuration.resource(), ".+"));
    }

    private static String matching(String key, String value, String form) {
        if (value == null || !value.matches(form)) {
            throw new IllegalArgumentException(key + " must match " + form);
        }
        return value;
    }

    @Override
    public String till() {
        return till;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public Optional<Credentials> credentials() {
        return Optional.of(credentials);
    }

    @Override
    public List<Path> directories() {
        return List.of();
    }

    @Override
    public SideDatabase side() throws DatabaseException {
        throw new DatabaseException(
                "A JDBC resource of a server cannot be swapped: restore into a new database beside it, and have the"
                        + " server's administrator point the resource there",
                null);
    }
}
