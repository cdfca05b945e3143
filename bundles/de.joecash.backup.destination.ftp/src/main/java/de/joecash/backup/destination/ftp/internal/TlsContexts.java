package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.remote.Trust;
import java.io.IOException;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the TLS contexts for one server, one for each control connection, so that what a data connection takes up again
 * is its own control connection's session; and remembers which TLS lets it do that. Thread-safe.
 *
 * <p>Servers ask for that session, to know that both connections are the same client's. By TLS 1.3 Java takes a session
 * up once for each ticket. Servers that send a ticket on every data connection (vsftpd) are spoken to by it; for those
 * that do not (ProFTPD, Pure-FTPd) TLS 1.2 is used from the second data connection on.
 */
final class TlsContexts {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);
    private static final String TICKETS = "jdk.tls.client.enableSessionTicketExtension";
    private static final Object TICKETS_LOCK = new Object();

    private final Trust trust;
    private volatile String[] protocols = {"TLSv1.3", "TLSv1.2"};

    TlsContexts(Trust trust) {
        this.trust = trust;
    }

    /** A data connection that could not take the control connection's session up; the next one by TLS 1.2 can. */
    static final class SessionLost extends IOException {
        private static final long serialVersionUID = 1;

        SessionLost() {
            super("the TLS session could not be taken up for the data");
        }
    }

    /**
     * Makes one, without tickets of TLS 1.2 (RFC 5077): servers compare the session's number, which a session taken up
     * by ticket lacks. That can be said for the whole virtual machine only; contexts that others make in that instant
     * do without such tickets, too, and work.
     */
    SSLSocketFactory context() {
        synchronized (TICKETS_LOCK) {
            String before = System.getProperty(TICKETS);
            System.setProperty(TICKETS, "false");
            try {
                return trust.context().getSocketFactory();
            } finally {
                if (before == null) {
                    System.clearProperty(TICKETS);
                } else {
                    System.setProperty(TICKETS, before);
                }
            }
        }
    }

    /** Names the versions of TLS to offer. */
    String[] protocols() {
        return protocols.clone();
    }

    /** Offers no TLS 1.3 any more. */
    void giveUpTls13() {
        LOG.info("The server lets TLS 1.3 take a session up too seldom; from now on it is spoken to by TLS 1.2");
        protocols = new String[] {"TLSv1.2"};
    }
}
