package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Listing;
import de.joecash.backup.remote.RemotePath;
import de.joecash.backup.remote.Words;
import de.joecash.backup.spi.Destination.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPCmd;
import org.apache.commons.net.ftp.FTPReply;

/**
 * One control connection, logged in and in the directory (RFC 959, 2389, 2428, 3659). Every method throws
 * {@link BackupException} for what the server refused; an {@link IOException} says that the connection is of no use any
 * more and that nobody knows whether the last command was carried out.
 */
final class Connection {
    private static final int LOGOUT_MILLIS = 2000;

    /**
     * What is sent and not there yet is lost when the connection is cut off, and sent again; left to itself the system
     * takes megabytes.
     */
    private static final int SEND_BUFFER = 1 << 19;

    private static final Set<Integer> FULL = Set.of(452, 552);
    /** What servers say that do not let an upload go on; 554 is for an offset that they do not take. */
    private static final Set<Integer> NO_RESTART = Set.of(451, 500, 501, 502, 503, 504, 550, 551, 554);

    private static final Set<Integer> LOGIN_REFUSED = Set.of(331, 332, 430, 530);

    private final Line line;
    private final Protection.Tls tls;
    private final SecureClient client;
    /** What of the directory was not entered; in one that is not there is nothing to be found. */
    private final Queue<String> missing;

    private boolean machineListing;
    private ServerDigest digest;

    private Connection(Line line, TlsContexts contexts, RemotePath directory) {
        this.line = line;
        missing = new ArrayDeque<>(directory.absolute() ? List.of("/") : List.of());
        missing.addAll(directory.segments());
        tls = line.settings().protection().tls();
        client = new SecureClient(line.settings().server().host(), contexts, tls == Protection.Tls.IMPLICIT);
    }

    /**
     * Opens one.
     *
     * @param makes whether the directory is made where it is not there
     */
    static Connection open(Line line, TlsContexts contexts, RemotePath directory, boolean makes)
            throws BackupException {
        Connection connection = new Connection(line, contexts, directory);
        try {
            line.check();
            connection.configure();
            connection.connect();
            connection.secureControl();
            connection.logIn();
            connection.secureData();
            connection.prepare();
            connection.enter(makes);
            return connection;
        } catch (TlsContexts.SessionLost e) {
            // Not twice: by TLS 1.2 there is no such thing.
            line.hangUp();
            return open(line, contexts, directory, makes);
        } catch (IOException e) {
            throw connection.failure(e);
        } catch (BackupException e) {
            line.hangUp();
            throw e;
        }
    }

    private void configure() {
        int dataTimeout = Math.toIntExact(line.settings().patience().data().toMillis());
        client.setSocketFactory(line.socketFactory());
        client.setConnectTimeout(
                Math.toIntExact(line.settings().patience().connect().toMillis()));
        client.setDefaultTimeout(dataTimeout);
        client.setDataTimeout(line.settings().patience().data());
        client.setSendDataSocketBufferSize(SEND_BUFFER);
        client.setControlEncoding(StandardCharsets.UTF_8);
        client.setStrictReplyParsing(true);
        client.setUseEPSVwithIPv4(true);
        client.setIpAddressFromPasvResponse(false);
    }

    private void connect() throws BackupException, IOException {
        IOException last = null;
        for (InetAddress address : line.addresses()) {
            try {
                client.connect(address, line.settings().server().port());
                // Not before: connecting puts the client back to active mode.
                client.enterLocalPassiveMode();
                require(FTPReply.isPositiveCompletion(client.getReplyCode()));
                return;
            } catch (IOException e) {
                line.check();
                last = e;
            }
        }
        throw last == null ? new IOException("no address") : last;
    }

    /** RFC 4217, section 4. Before this nothing was said that anybody may not know. */
    private void secureControl() throws BackupException, IOException {
        if (tls == Protection.Tls.EXPLICIT) {
            requireTls(client.sendCommand("AUTH", "TLS") == FTPReply.SECURITY_DATA_EXCHANGE_COMPLETE);
            client.secureControl();
        }
    }

    /** RFC 4217, section 9. */
    private void secureData() throws BackupException, IOException {
        if (tls != Protection.Tls.OFF) {
            requireTls(FTPReply.isPositiveCompletion(client.sendCommand("PBSZ", "0")));
            requireTls(FTPReply.isPositiveCompletion(client.sendCommand("PROT", "P")));
            client.secureData();
        }
    }

    private void requireTls(boolean granted) throws BackupException {
        if (!granted && FTPReply.isNegativePermanent(client.getReplyCode())) {
            throw new BackupException(
                    new Problem.CleartextRefused(line.settings().id()));
        }
        require(granted);
    }

    private void logIn() throws BackupException, IOException {
        String user = line.settings().server().user();
        if (FTPReply.isPositiveCompletion(client.user(user))) {
            return;
        }
        if (FTPReply.isPositiveIntermediate(client.getReplyCode())) {
            String password = line.settings().password().use(String::new);
            if (FTPReply.isPositiveCompletion(client.pass(password))) {
                return;
            }
        }
        if (LOGIN_REFUSED.contains(client.getReplyCode())) {
            throw new BackupException(new Problem.LoginRefused(line.settings().id()));
        }
        throw refused();
    }

    private void prepare() throws BackupException, IOException {
        if (client.hasFeature("UTF8")) {
            // Some servers read UTF-8 only after this; others refuse it because they always do.
            client.sendCommand(FTPCmd.OPTS, "UTF8 ON");
        }
        machineListing = client.hasFeature(FTPCmd.MLST);
        digest = ServerDigest.of(client);
        require(client.setFileType(FTP.BINARY_FILE_TYPE));
    }

    /**
     * Goes into the directory, as far as it is not there yet; what is missing of it is made, or waited for. A server
     * says the same of what is missing and of what it does not show us, so it is asked what there is.
     */
    void enter(boolean makes) throws BackupException, IOException {
        while (!missing.isEmpty()) {
            String segment = missing.peek();
            if (!client.changeWorkingDirectory(segment)) {
                require(FTPReply.isNegativePermanent(client.getReplyCode()));
                BackupException refusal = refused();
                if (makes) {
                    make(segment);
                } else if (lines(FTPCmd.NLST).stream().map(FileList::name).anyMatch(segment::equals)) {
                    throw refusal;
                } else {
                    return;
                }
            }
            missing.remove();
        }
    }

    private void make(String segment) throws BackupException, IOException {
        BackupException refusal = client.makeDirectory(segment) ? null : refused();
        if (!client.changeWorkingDirectory(segment)) {
            throw refusal == null ? refused() : refusal;
        }
    }

    /** Asks for a file's length; empty if there is no such file. */
    OptionalLong size(String name) throws BackupException, IOException {
        if (!missing.isEmpty() || client.size(name) == FTPReply.FILE_UNAVAILABLE) {
            return OptionalLong.empty();
        }
        int code = client.getReplyCode();
        require(code == FTPReply.FILE_STATUS);
        String reply = client.getReplyString().strip();
        try {
            long length = Long.parseLong(reply.substring(reply.lastIndexOf(' ') + 1));
            require(length >= 0);
            return OptionalLong.of(length);
        } catch (NumberFormatException e) {
            throw refused();
        }
    }

    boolean offersDigests() {
        return digest.offered();
    }

    /** Asks for the server's own SHA-256 of a file; empty where it does not give it. */
    Optional<byte[]> sha256(String name, long length) throws IOException {
        return digest.sha256(name, length);
    }

    /** Begins to store; {@link #endStoring} ends it. */
    OutputStream store(String name) throws BackupException, IOException {
        OutputStream out = client.storeFileStream(name);
        require(out != null);
        return out;
    }

    /**
     * Begins to store what comes behind a file's first bytes, by REST and STOR (RFC 3659, section 5), or by APPE where
     * the server will not have that; {@link #endStoring} ends it.
     *
     * @param offset the file's length
     * @return empty if the server lets nothing go on
     */
    Optional<OutputStream> storeRest(String name, long offset) throws BackupException, IOException {
        client.setRestartOffset(offset);
        OutputStream out = client.storeFileStream(name);
        if (out == null && NO_RESTART.contains(client.getReplyCode())) {
            client.setRestartOffset(0);
            out = client.appendFileStream(name);
        }
        require(out != null || NO_RESTART.contains(client.getReplyCode()));
        return Optional.ofNullable(out);
    }

    /** Sends what is left, and hears how the storing ended. */
    void endStoring(OutputStream out, StallGuard guard) throws BackupException, IOException {
        guard.run(() -> {
            out.flush();
            client.endSending();
            out.close();
        });
        endTransfer();
    }

    /** Begins to fetch what lies behind the offset (RFC 3659, section 5); {@link #endTransfer} ends it. */
    InputStream fetch(String name, long offset) throws BackupException, IOException {
        client.setRestartOffset(offset);
        InputStream in = client.retrieveFileStream(name);
        require(in != null);
        return in;
    }

    /** Ends a fetch in its middle; whether the server minds it, nobody needs to know. */
    void abandonFetch() throws IOException {
        client.abandonData();
        client.completePendingCommand();
    }

    /** Hears how a transfer ended, after its stream was closed. */
    void endTransfer() throws BackupException, IOException {
        require(client.completePendingCommand());
    }

    void rename(String from, String to) throws BackupException, IOException {
        require(client.rename(from, to));
    }

    /** Removes a file, and does not mind if it is not there. */
    void delete(String name) throws BackupException, IOException {
        if (missing.isEmpty() && !client.deleteFile(name)) {
            BackupException refusal = refused();
            if (size(name).isPresent()) {
                throw refusal;
            }
        }
    }

    /** Removes a file where that is allowed; what comes next finds out whether it was. */
    void tryToDelete(String name) throws IOException {
        client.deleteFile(name);
    }

    /** Lists the files whose names have the form. */
    List<StoredFile> files() throws BackupException, IOException {
        Listing listing = new Listing(line.settings().id());
        if (missing.isEmpty() && machineListing) {
            for (String entry : lines(FTPCmd.MLSD)) {
                Optional<FileList.Entry> file = FileList.machineEntry(entry);
                if (file.isPresent()) {
                    add(listing, file.get().name(), file.get().bytes());
                }
            }
        } else if (missing.isEmpty()) {
            for (String entry : lines(FTPCmd.NLST)) {
                add(listing, FileList.name(entry), OptionalLong.empty());
            }
        }
        return listing.files();
    }

    private void add(Listing listing, String name, OptionalLong bytes) throws BackupException, IOException {
        boolean ask = bytes.isEmpty() && Listing.isPlain(name);
        listing.add(name, (ask ? size(name) : bytes).orElse(-1));
    }

    private List<String> lines(FTPCmd command) throws BackupException, IOException {
        Optional<InputStream> list = client.list(command);
        if (list.isEmpty()) {
            // The customary answers to NLST of an empty directory; that the directory is there, CWD has said.
            require(client.getReplyCode() == FTPReply.FILE_UNAVAILABLE
                    || client.getReplyCode() == FTPReply.FILE_ACTION_NOT_TAKEN);
            return List.of();
        }
        Optional<List<String>> lines;
        try (InputStream in = list.get()) {
            lines = FileList.read(in);
        }
        if (lines.isEmpty()) {
            line.hangUp();
            throw new BackupException(
                    new Problem.ServerRefused(line.settings().id(), "the list of files does not end"));
        }
        endTransfer();
        return lines.get();
    }

    /** Says good-bye, but does not wait long for an answer. */
    void close() {
        try {
            client.setSoTimeout(LOGOUT_MILLIS);
            client.logout();
        } catch (IOException e) {
            // The server is gone already.
        } finally {
            line.hangUp();
        }
    }

    /** Says what a broken connection means. */
    BackupException failure(IOException e) {
        line.hangUp();
        BackupException failure = line.failure(e);
        boolean busy = client.getReplyCode() == FTPReply.SERVICE_NOT_AVAILABLE;
        return failure.problem() instanceof Problem.ServerUnreachable && busy ? refused() : failure;
    }

    private void require(boolean well) throws BackupException {
        if (!well) {
            throw refused();
        }
    }

    /** Makes a problem of the last reply. */
    private BackupException refused() {
        String id = line.settings().id();
        String reply = line.settings()
                .password()
                .use(characters ->
                        Words.plain(String.valueOf(client.getReplyString()).replace(new String(characters), "***")));
        int code = client.getReplyCode();
        if (FULL.contains(code)) {
            return new BackupException(new Problem.ServerFull(id, reply));
        }
        return new BackupException(
                FTPReply.isNegativeTransient(code)
                        ? new Problem.ServerBusy(id, reply)
                        : new Problem.ServerRefused(id, reply));
    }
}
