package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that knows MLSD. */
class ApacheFtpServerTest extends FtpContract {
    @TempDir
    private Path home;

    private FtpServer server;
    private int port;

    @BeforeEach
    void start() throws FtpException, IOException {
        Files.createDirectory(home.resolve("tills"));
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(0);
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener.createListener());
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        server = factory.createServer();
        server.start();
        port = factory.getListener("default").getPort();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Override
    protected void settle() {
        Await.until(
                "no session any more",
                () -> ((DefaultFtpServer) server)
                                .getServerContext()
                                .getFtpStatistics()
                                .getCurrentConnectionNumber()
                        == 0);
    }

    @Override
    protected int port() {
        return port;
    }

    @Override
    protected Path home() {
        return home;
    }
}
