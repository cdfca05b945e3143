package de.joecash.backup.destination.s3.internal;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Bytes that are sent at once, with what the store must find them to be. The bytes are in one of the reader's buffers,
 * and there only until it gives the next.
 */
final class Part {
    private static final String TYPE = "application/octet-stream";

    private final int number;
    private final byte[] buffer;
    private final int length;
    private final byte[] sha256;
    private final byte[] md5;

    /**
     * Digests it, twice at the same time.
     *
     * @param workers digest as well
     */
    Part(int number, byte[] buffer, int length, Executor workers) {
        this.number = number;
        this.buffer = buffer;
        this.length = length;
        CompletableFuture<byte[]> other = CompletableFuture.supplyAsync(() -> digest("MD5", buffer, length), workers);
        this.sha256 = digest("SHA-256", buffer, length);
        this.md5 = other.join();
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has it", e);
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes, int length) {
        MessageDigest digest = digest(algorithm);
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    /** Counts from 1. */
    int number() {
        return number;
    }

    int length() {
        return length;
    }

    byte[] sha256() {
        return sha256.clone();
    }

    byte[] md5() {
        return md5.clone();
    }

    /** For {@code x-amz-checksum-sha256}. */
    String checksum() {
        return Base64.getEncoder().encodeToString(sha256);
    }

    /** For {@code Content-MD5} (RFC 1864), which stores know that do not know the other. */
    String contentMd5() {
        return Base64.getEncoder().encodeToString(md5);
    }

    /** Not copied: the SDK reads it while it is sent. */
    RequestBody body() {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(buffer, 0, length), length, TYPE);
    }

    /**
     * Says whether a store has these bytes: it found their SHA-256 or, where it gives none, their MD5.
     *
     * @param eTag as it gave it, or {@code null}
     * @param checksum the same
     */
    boolean shownBy(String eTag, String checksum) {
        return checksum == null ? HexFormat.of().formatHex(md5).equals(plain(eTag)) : checksum.equals(checksum());
    }

    /** An entity tag without its quotes (RFC 9110, section 8.8.3). */
    static String plain(String eTag) {
        return eTag == null ? "" : eTag.replace("\"", "").toLowerCase(java.util.Locale.ROOT);
    }
}
