package de.joecash.backup.destination.ftp.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPCmd;
import org.apache.commons.net.io.CRLFLineReader;

/**
 * An FTP client whose control and data connections go over to TLS (RFC 4217), both with the server's name checked, the
 * data connections in the control connection's session. Layered over the plain sockets, so that whoever closes those
 * ends everything.
 */
final class SecureClient extends FTPClient {
    private static final String TLS_1_3 = "TLSv1.3";
    private static final int MOST_BEHIND_THE_END = 1 << 16;

    private final String host;
    private final TlsContexts contexts;
    private final SSLSocketFactory factory;
    private final String[] protocols;
    private final boolean implicit;
    private boolean secured;
    private Optional<Socket> plainData = Optional.empty();
    private Optional<SSLSocket> securedData = Optional.empty();

    /**
     * @param host the server's name, as certificates must have it
     * @param contexts the server's
     * @param implicit whether TLS begins before the server's welcome
     */
    SecureClient(String host, TlsContexts contexts, boolean implicit) {
        this.host = host;
        this.contexts = contexts;
        this.factory = contexts.context();
        this.protocols = contexts.protocols();
        this.implicit = implicit;
    }

    @Override
    protected void _connectAction_() throws IOException {
        if (implicit) {
            _socket_.setSoTimeout(getDefaultTimeout());
            _socket_ = layered(_socket_);
        }
        super._connectAction_();
    }

    /** Goes over to TLS on the control connection, after the server agreed; what it said too early is thrown away. */
    void secureControl() throws IOException {
        SSLSocket secure = layered(_socket_);
        _socket_ = secure;
        _controlInput_ = new CRLFLineReader(new InputStreamReader(secure.getInputStream(), StandardCharsets.UTF_8));
        _controlOutput_ = new BufferedWriter(new OutputStreamWriter(secure.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** From now on goes over to TLS on each data connection, after the server agreed. */
    void secureData() {
        secured = true;
    }

    @Override
    protected Socket _openDataConnection_(String command, String argument) throws IOException {
        Socket plain = super._openDataConnection_(command, argument);
        // REST holds for one transfer.
        setRestartOffset(0);
        if (plain == null) {
            return null;
        }
        plainData = Optional.of(plain);
        if (!secured) {
            return plain;
        }
        SSLSocket secure = layered(new ControlPortSocket(plain, getRemotePort()));
        if (!takenUp(secure.getSession())) {
            contexts.giveUpTls13();
            throw new TlsContexts.SessionLost();
        }
        securedData = Optional.of(secure);
        return secure;
    }

    /** By TLS 1.3 only the time tells; by TLS 1.2 a server that minds says so. */
    private boolean takenUp(SSLSession session) {
        return !session.getProtocol().equals(TLS_1_3)
                || session.getCreationTime()
                        == ((SSLSocket) _socket_).getSession().getCreationTime();
    }

    /** Begins to list the directory; empty where the server refused. {@code completePendingCommand} ends it. */
    Optional<InputStream> list(FTPCmd command) throws IOException {
        Socket socket = _openDataConnection_(command, null);
        return socket == null ? Optional.empty() : Optional.of(socket.getInputStream());
    }

    private SSLSocket layered(Socket plain) throws IOException {
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(protocols);
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /**
     * Tells the server over TLS that all was sent, and reads on to the end: among what it still says are tickets, which
     * the next data connection needs (RFC 8446, section 4.6.1). Unread, they would also turn the closing of the socket
     * into a reset, which can cost the server what was sent last.
     */
    void endSending() throws IOException {
        if (securedData.isPresent()) {
            securedData.get().shutdownOutput();
            readToTheEnd(securedData.get());
        }
    }

    private static void readToTheEnd(SSLSocket secure) {
        byte[] bytes = new byte[1024];
        try {
            InputStream in = secure.getInputStream();
            int count = 0;
            int read = 0;
            while (read >= 0 && count < MOST_BEHIND_THE_END) {
                read = in.read(bytes);
                count += Math.max(read, 0);
            }
        } catch (IOException e) {
            // Some end without a word of TLS; whether all has come is for the reply to say.
            return;
        }
    }

    /** Ends a transfer from the server in its middle. */
    void abandonData() throws IOException {
        if (plainData.isPresent()) {
            plainData.get().close();
        }
    }
}
