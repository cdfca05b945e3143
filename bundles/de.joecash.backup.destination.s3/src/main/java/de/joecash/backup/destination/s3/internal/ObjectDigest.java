package de.joecash.backup.destination.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * What a published object must be: the digests of its parts in their order, and those that stores make of them. 48
 * bytes a part.
 */
final class ObjectDigest {
    private static final int CHUNK = 1 << 16;
    private static final HexFormat HEX = HexFormat.of();

    private final boolean multipart;
    private final List<Digests> parts = new ArrayList<>();
    private boolean verified = true;

    /** In hexadecimal digits. */
    private record Digests(int length, String sha256, String md5) {}

    /**
     * Begins.
     *
     * @param multipart whether it is put together of parts; a single one has other digests than one sent at once
     */
    ObjectDigest(boolean multipart) {
        this.multipart = multipart;
    }

    /**
     * Adds a part.
     *
     * @param shown whether the store has shown that it received these bytes
     */
    void add(Part part, boolean shown) {
        parts.add(new Digests(part.length(), HEX.formatHex(part.sha256()), HEX.formatHex(part.md5())));
        verified &= shown;
    }

    /**
     * Says whether what the store found shows that the object is this: of each part it has verified the bytes, and the
     * parts are these in this order (S3 user guide, "Checking object integrity").
     *
     * @param eTag as it gave it, or {@code null}
     * @param checksum its SHA-256, the same
     */
    boolean shownBy(String eTag, String checksum) {
        if (!verified) {
            return false;
        }
        String count = multipart ? "-" + parts.size() : "";
        if (checksum != null) {
            String own = Base64.getEncoder().encodeToString(together("SHA-256"));
            if (checksum.equals(own + count) || checksum.equals(own)) {
                return true;
            }
        }
        return (HEX.formatHex(together("MD5")) + count).equals(Part.plain(eTag));
    }

    private byte[] together(String algorithm) {
        boolean md5 = algorithm.equals("MD5");
        if (!multipart) {
            return HEX.parseHex(md5 ? parts.get(0).md5() : parts.get(0).sha256());
        }
        MessageDigest digest = Part.digest(algorithm);
        for (Digests part : parts) {
            digest.update(HEX.parseHex(md5 ? part.md5() : part.sha256()));
        }
        return digest.digest();
    }

    /** Gives each of these parts its own SHA-256. */
    List<CompletedPart> checksumsFor(List<CompletedPart> completed) {
        List<CompletedPart> all = new ArrayList<>();
        for (CompletedPart part : completed) {
            byte[] sha256 = HEX.parseHex(parts.get(all.size()).sha256());
            all.add(part.toBuilder()
                    .checksumSHA256(Base64.getEncoder().encodeToString(sha256))
                    .build());
        }
        return all;
    }

    /** Reads an object back and says whether it is this. */
    boolean equalTo(InputStream object) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (Digests part : parts) {
            MessageDigest digest = Part.digest("SHA-256");
            int left = part.length();
            while (left > 0) {
                int read = object.read(chunk, 0, Math.min(chunk.length, left));
                if (read < 0) {
                    return false;
                }
                digest.update(chunk, 0, read);
                left -= read;
            }
            if (!HEX.formatHex(digest.digest()).equals(part.sha256())) {
                return false;
            }
        }
        return object.read() < 0;
    }
}
