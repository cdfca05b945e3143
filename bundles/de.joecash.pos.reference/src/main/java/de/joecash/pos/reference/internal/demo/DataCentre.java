package de.joecash.pos.reference.internal.demo;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The configuration that tells plug-ins where the data centre is. It is the stand-in's as long as it says so itself, in
 * a property that nobody else sets; one that an administrator wrote is never the stand-in's.
 */
final class DataCentre {
    static final String ID = "data-centre";

    private static final String FTP = "de.joecash.backup.destination.ftp";
    private static final String STAND_IN = "standIn";

    /** Differs after each change, so that whoever took the change over can be told from who did not yet. */
    private static final String CHANGE = "change";

    private final ConfigurationAdmin configurations;

    DataCentre(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    /**
     * A server that is not the stand-in, as it is configured, right or wrong.
     *
     * @param address as a link
     * @param cleartext whether it may be spoken to unencrypted
     */
    record Real(String address, boolean cleartext) {}

    /** Gives the real one; empty while the stand-in is the data centre, or may become it. */
    Optional<Real> real() throws IOException {
        Dictionary<String, Object> now = configuration().getProperties();
        if (now == null || Boolean.TRUE.equals(now.get(STAND_IN))) {
            return Optional.empty();
        }
        return Optional.of(new Real(
                FtpServer.link(String.valueOf(now.get("host")), String.valueOf(now.get("port"))),
                Boolean.parseBoolean(String.valueOf(now.get("allowCleartext")))));
    }

    /**
     * Changes it.
     *
     * @param server where it is from now on
     * @param standIn whether that is the stand-in
     * @return a filter that finds the services which took this change over
     */
    String set(FtpServer server, boolean standIn) throws IOException {
        String change = UUID.randomUUID().toString();
        configuration()
                .update(FrameworkUtil.asDictionary(Map.of(
                        "id",
                        ID,
                        "host",
                        server.host(),
                        "port",
                        server.port(),
                        "user",
                        server.user(),
                        ".password",
                        server.password(),
                        "tls",
                        server.cleartext() ? "off" : "explicit",
                        "allowCleartext",
                        server.cleartext(),
                        STAND_IN,
                        standIn,
                        CHANGE,
                        change)));
        return "(" + CHANGE + "=" + change + ")";
    }

    private Configuration configuration() throws IOException {
        return configurations.getFactoryConfiguration(FTP, ID, "?");
    }
}
