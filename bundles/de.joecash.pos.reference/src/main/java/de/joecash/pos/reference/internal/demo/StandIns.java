package de.joecash.pos.reference.internal.demo;

import de.joecash.pos.reference.internal.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
 * administrator set before is kept; the stand-in data centre's address, which is another at each start, is told anew.
 */
@Component(service = StandIns.class, immediate = true)
public final class StandIns {
    private static final String CORE = "de.joecash.backup.core";
    private static final String FOLDER = "de.joecash.backup.destination.file";
    private static final String UPDATE = "de.joecash.backup.update";
    private static final String USER = "till";
    private static final String ANY_BUNDLE = "?";

    private final LoopbackFtp server;
    private final FtpServer standIn;
    private final DataCentre dataCentre;
    private final Path home;
    private final Path stick;
    private final Path backups;

    /**
     * Where they are, for the page that says so.
     *
     * @param dataCentre the stand-in's folder; empty while a real server is the data centre
     * @param address the data centre's address
     * @param cleartext whether the data centre may be spoken to unencrypted
     * @param stick the folder that stands for a stick
     * @param backups the folder of backups, unless an administrator chose another
     */
    public record Places(Optional<Path> dataCentre, String address, boolean cleartext, Path stick, Path backups) {}

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
        this(DataDirectory.of(context), configurations);
    }

    StandIns(DataDirectory data, ConfigurationAdmin configurations) throws IOException, FtpException {
        home = data.directory("demo/" + DataCentre.ID);
        stick = data.directory("demo/usb0");
        // Made by whoever backs up: that it cannot be made is none of the host's business.
        backups = data.root().resolve("backups");
        dataCentre = new DataCentre(configurations);
        String password = DataDirectory.secret(data.directory("demo").resolve("ftp-password"));
        DemoVendor.handOut(data.directory("demo"));
        server = new LoopbackFtp(USER, home, password);
        standIn = new FtpServer(LoopbackFtp.HOST, server.port(), USER, password, true);
        try {
            ifAbsent(
                    configurations,
                    CORE,
                    Map.of("folder", backups.toString(), "spreadMinutes", 0, "recipients", new String[] {
                        DemoVendor.recipient()
                    }));
            ifAbsent(
                    configurations, UPDATE, Map.of("keys", new String[] {SigningVendor.publicKey(data.directory("demo"))
                    }));
            ifAbsent(configurations, FOLDER, Map.of("allowSameFileSystem", true));
            ifAbsent(configurations, FOLDER + ".media", Map.of("folders", new String[] {stick.toString()}));
            if (dataCentre.real().isEmpty()) {
                useStandIn();
            }
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
     * Says where they are now.
     *
     * @return what holds at this instant
     * @throws IOException if that cannot be read
     */
    public Places places() throws IOException {
        Optional<DataCentre.Real> real = dataCentre.real();
        return new Places(
                real.isPresent() ? Optional.empty() : Optional.of(home),
                real.map(DataCentre.Real::address).orElse(standIn.toString()),
                real.map(DataCentre.Real::cleartext).orElse(standIn.cleartext()),
                stick,
                backups);
    }

    /** Makes a real server the data centre, until told otherwise; gives a filter as {@link DataCentre#set} does. */
    String use(FtpServer real) throws IOException {
        return dataCentre.set(real, false);
    }

    /** Makes the stand-in the data centre again; gives a filter as {@link DataCentre#set} does. */
    String useStandIn() throws IOException {
        return dataCentre.set(standIn, true);
    }

    /** Stops the FTP server. */
    @Deactivate
    public void stop() {
        server.close();
    }
}
