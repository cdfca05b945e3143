package de.joecash.pos.reference.internal.demo;

import java.nio.file.Path;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;

/** An FTP server on loopback, on a port of its own choice, for one user. In the clear: nothing leaves the machine. */
final class LoopbackFtp implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final int LOGINS = 8;
    private static final int IDLE_SECONDS = 300;

    private final FtpServer server;
    private final Listener listener;

    LoopbackFtp(String user, Path home, String password) throws FtpException {
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setActiveEnabled(false);
        data.setPassiveAddress(HOST);
        data.setPassiveExternalAddress(HOST);
        data.setPassiveIpCheck(true);
        data.setIdleTime(IDLE_SECONDS);
        ListenerFactory listening = new ListenerFactory();
        listening.setServerAddress(HOST);
        listening.setPort(0);
        listening.setIdleTimeout(IDLE_SECONDS);
        listening.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setAnonymousLoginEnabled(false);
        connections.setMaxLogins(LOGINS);
        connections.setMaxThreads(LOGINS);
        connections.setMaxLoginFailures(3);
        listener = listening.createListener();
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener);
        factory.setUserManager(new OneUser(user, home, password));
        factory.setConnectionConfig(connections.createConnectionConfig());
        server = factory.createServer();
        server.start();
    }

    int port() {
        return listener.getPort();
    }

    /** Closes every connection; none of its threads is left. */
    @Override
    public void close() {
        server.stop();
    }
}
