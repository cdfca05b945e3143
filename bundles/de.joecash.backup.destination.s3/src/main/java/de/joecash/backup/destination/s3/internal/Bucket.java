package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Listing;
import de.joecash.backup.spi.Destination.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One directory of the bucket, and how to ask for what is in it. */
final class Bucket implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    /** A thousand names each. A hostile server could go on for ever. */
    private static final int MOST_PAGES = 1000;

    private final BucketSettings settings;
    private final KeyPrefix prefix;
    private final Line line;
    private final S3Client api;
    private final Refusals refusals;

    Bucket(BucketSettings settings, KeyPrefix prefix, Line line) {
        this.settings = settings;
        this.prefix = prefix;
        this.line = line;
        this.api = Api.over(line, settings);
        this.refusals = new Refusals(settings.id());
    }

    /** Something asked of the store. */
    interface Question<T> {
        T ask(S3Client api) throws BackupException;
    }

    /**
     * Asks once. What comes of it is a {@link BackupException} whose cause is the SDK's; where the line broke, the
     * answer is not known.
     */
    <T> T ask(String name, Question<T> question) throws BackupException {
        line.check();
        try {
            return question.ask(api);
        } catch (SdkException e) {
            throw broken(e, name);
        }
    }

    /** Asks with a body, and tells meanwhile how much of it was taken. */
    <T> T send(String name, LongConsumer taken, Question<T> question) throws BackupException {
        line.tell(taken);
        try {
            return ask(name, question);
        } finally {
            line.tellNobody();
        }
    }

    /** Says what an error means: that somebody wanted it, or what the store or the line has. */
    BackupException broken(SdkException e, String name) {
        try {
            line.check();
        } catch (BackupException wanted) {
            return wanted;
        }
        return refusals.of(e, name);
    }

    void check() throws BackupException {
        line.check();
    }

    /** What else works for this bucket, until it is closed. */
    Executor workers() {
        return line.workers();
    }

    BucketSettings settings() {
        return settings;
    }

    String bucket() {
        return settings.store().bucket();
    }

    String key(String name) {
        return prefix.key(name);
    }

    /** Sees whether the store lets us in. Not by HEAD, which has no body to say why it does not. */
    void enter() throws BackupException {
        ask(
                "",
                s3 -> s3.listObjectsV2(request -> request.bucket(bucket())
                        .prefix(prefix.text())
                        .delimiter("/")
                        .maxKeys(1)));
    }

    List<StoredFile> files() throws BackupException {
        Listing listing = new Listing(settings.id());
        String next = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            String token = next;
            ListObjectsV2Response answer = ask(
                    "",
                    s3 -> s3.listObjectsV2(request -> request.bucket(bucket())
                            .prefix(prefix.text())
                            .delimiter("/")
                            .continuationToken(token)));
            for (S3Object object : answer.contents()) {
                listing.add(name(object.key()), object.size() == null ? -1 : object.size());
            }
            next = answer.nextContinuationToken();
            if (!Boolean.TRUE.equals(answer.isTruncated()) || next == null) {
                return listing.files();
            }
        }
        throw new BackupException(new Problem.ServerRefused(settings.id(), "the list of files does not end"));
    }

    /** A key that does not begin as those of this directory is nobody's name. */
    private String name(String key) {
        return key != null && key.startsWith(prefix.text())
                ? key.substring(prefix.text().length())
                : "";
    }

    /** Looks at an object; empty if there is none. */
    Optional<HeadObjectResponse> head(String name) throws BackupException {
        try {
            return Optional.of(ask(
                    name,
                    s3 -> s3.headObject(
                            request -> request.bucket(bucket()).key(key(name)).checksumMode(ChecksumMode.ENABLED))));
        } catch (BackupException e) {
            if (Refusals.status(e) == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Looks how long an object is; empty if there is none. */
    OptionalLong length(String name) throws BackupException {
        Optional<HeadObjectResponse> head = head(name);
        if (head.isEmpty()) {
            return OptionalLong.empty();
        }
        Long length = head.get().contentLength();
        if (length == null || length < 0) {
            throw new BackupException(
                    new Problem.ServerRefused(settings.id(), "the store does not say how long " + name + " is"));
        }
        return OptionalLong.of(length);
    }

    @Override
    public void close() {
        api.close();
        line.close();
    }
}
