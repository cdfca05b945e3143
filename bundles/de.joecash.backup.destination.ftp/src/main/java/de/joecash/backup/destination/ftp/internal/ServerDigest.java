package de.joecash.backup.destination.ftp.internal;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.net.ftp.FTPReply;

/**
 * The server's own SHA-256 of a file, by HASH (draft-bryan-ftp-hash-09, sections 3 and 4) or by XSHA256, which is older
 * and stands in no draft.
 */
final class ServerDigest {
    private static final Pattern SHA_256 = Pattern.compile("(?<![0-9A-Za-z])[0-9A-Fa-f]{64}(?![0-9A-Za-z])");

    /** What the slowest server is taken to digest in a second. */
    private static final long SLOWEST_BYTES_PER_MILLI = 5_000;

    private final SecureClient client;
    private final Way way;

    private enum Way {
        HASH,
        XSHA256,
        NONE
    }

    private ServerDigest(SecureClient client, Way way) {
        this.client = client;
        this.way = way;
    }

    /** Finds out what a server offers. */
    static ServerDigest of(SecureClient client) throws IOException {
        String algorithms = client.featureValue("HASH");
        if (algorithms != null
                && algorithms.contains("SHA-256")
                && FTPReply.isPositiveCompletion(client.sendCommand("OPTS", "HASH SHA-256"))) {
            return new ServerDigest(client, Way.HASH);
        }
        return new ServerDigest(client, client.hasFeature("XSHA256") ? Way.XSHA256 : Way.NONE);
    }

    boolean offered() {
        return way != Way.NONE;
    }

    /**
     * Asks for it.
     *
     * @param length the file's, in bytes: the longer, the more patience
     * @return empty if the server does not give it
     */
    Optional<byte[]> sha256(String name, long length) throws IOException {
        if (way == Way.NONE) {
            return Optional.empty();
        }
        int patience = client.getSoTimeout();
        client.setSoTimeout((int) Math.min(Integer.MAX_VALUE, patience + length / SLOWEST_BYTES_PER_MILLI));
        try {
            if (!FTPReply.isPositiveCompletion(client.sendCommand(way.name(), name))) {
                return Optional.empty();
            }
        } finally {
            client.setSoTimeout(patience);
        }
        Matcher digest = SHA_256.matcher(client.getReplyString());
        return digest.find() ? Optional.of(HexFormat.of().parseHex(digest.group())) : Optional.empty();
    }
}
