package de.joecash.pos.reference.internal.demo;

import de.joecash.pos.reference.internal.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.ftpserver.ftplet.FtpException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the stand-ins and tells plug-ins about them through their configuration, as an administrator would. What an
 * administrator set before is kept, but for the address of the stand-in data centre, which is another at each start.
 */
@Component(service = StandIns.class, immediate = true)
public final class StandIns {
    private static final String CORE = "de.joecash.backup.core";
    private static final String FOLDER = "de.joecash.backup.destination.file";
    private static final String FTP = "de.joecash.backup.destination.ftp";
    private static final String DATA_CENTRE = "data-centre";
    private static final String USER = "till";
    private static final String ANY_BUNDLE = "?";

    private final LoopbackFtp server;
    private final Places places;

    /**
     * Where they are, for the page that says so.
     *
     * @param dataCentre the FTP server's folder
     * @param address the FTP server's address
     * @param stick the folder that stands for a stick
     * @param backups the folder of backups, unless an administrator chose another
     */
    public record Places(Path dataCentre, String address, Path stick, Path backups) {}

    /**
     * Starts the stand-ins.
     *
     * @param context of this bundle
     * @param configurations takes what plug-ins are told
     * @throws IOException if a password or a configuration cannot be kept
     * @throws FtpException if the FTP server does not start
     */
    @Activate
    public StandIns(BundleContext context, @Reference ConfigurationAdmin configurations)
            throws IOException, FtpException {
        DataDirectory data = DataDirectory.of(context);
        Path home = data.directory("demo/" + DATA_CENTRE);
        Path stick = data.directory("demo/usb0");
        // Made by whoever backs up: that it cannot be made is none of the host's business.
        Path backups = data.root().resolve("backups");
        String password = DataDirectory.secret(data.directory("demo").resolve("ftp-password"));
        server = new LoopbackFtp(USER, home, password);
        places = new Places(home, "ftp://" + LoopbackFtp.HOST + ":" + server.port(), stick, backups);
        try {
            ifAbsent(configurations, CORE, Map.of("folder", backups.toString()));
            ifAbsent(configurations, FOLDER, Map.of("allowSameFileSystem", true));
            Map<String, Object> ftp = Map.of(
                    "id",
                    DATA_CENTRE,
                    "host",
                    LoopbackFtp.HOST,
                    "port",
                    server.port(),
                    "user",
                    USER,
                    ".password",
                    password,
                    "allowCleartext",
                    true);
            configurations
                    .getFactoryConfiguration(FTP, DATA_CENTRE, ANY_BUNDLE)
                    .updateIfDifferent(FrameworkUtil.asDictionary(ftp));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void ifAbsent(ConfigurationAdmin configurations, String pid, Map<String, ?> values)
            throws IOException {
        Configuration configuration = configurations.getConfiguration(pid, ANY_BUNDLE);
        if (configuration.getProperties() == null) {
            configuration.update(FrameworkUtil.asDictionary(values));
        }
    }

    /**
     * Says where the stand-ins are.
     *
     * @return the same at every call
     */
    public Places places() {
        return places;
    }

    /** Stops the FTP server. */
    @Deactivate
    public void stop() {
        server.close();
    }
}
