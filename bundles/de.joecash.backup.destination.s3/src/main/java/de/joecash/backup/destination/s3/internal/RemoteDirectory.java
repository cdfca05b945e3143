package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Listing;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** An open directory of the bucket. */
final class RemoteDirectory implements Destination {
    /** Of an upload (S3 API reference, "Amazon S3 multipart upload limits"). */
    private static final long MOST_PARTS = 10_000;

    private static final int BAD_REQUEST = 400;
    /** Each round removes a version; this store has one of each file. */
    private static final int ROUNDS = 3;

    private final Bucket bucket;
    private final Clock clock;
    private final Capabilities capabilities;

    RemoteDirectory(Bucket bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
        capabilities = new Capabilities(
                true,
                bucket.settings().partBytes() * MOST_PARTS,
                Copy.Proof.CONTENT_EQUAL,
                true,
                bucket.settings().store().confidential());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public void put(String name, Content content, LongConsumer sent) throws BackupException, IOException {
        Listing.requirePlain(name);
        long limit = capabilities.maxFileBytes();
        if (content.bytes() > limit) {
            throw new BackupException(new Problem.TooLarge(bucket.settings().id(), content.bytes(), limit));
        }
        new Upload(bucket, clock, name, content, sent).publish();
    }

    @Override
    public InputStream open(String name, long offset) throws BackupException {
        Listing.requirePlain(name);
        if (offset < 0) {
            throw new IllegalArgumentException("A negative offset");
        }
        OptionalLong length = bucket.length(name);
        if (length.isEmpty()) {
            throw new BackupException(new Problem.UnknownBackup(name));
        }
        long rest = length.getAsLong() - offset;
        return rest <= 0 ? InputStream.nullInputStream() : Download.open(bucket, name, offset, rest);
    }

    @Override
    public List<StoredFile> list() throws BackupException {
        return bucket.files();
    }

    @Override
    public void delete(String name) throws BackupException {
        Listing.requirePlain(name);
        OpenUpload.abortAll(bucket, name);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<HeadObjectResponse> head = bucket.head(name);
            if (head.isEmpty()) {
                return;
            }
            delete(name, head.get());
        }
        throw new BackupException(new Problem.ServerRefused(bucket.settings().id(), "it is there still"));
    }

    /** By its version, where there are versions: without one the store would only hide it, locked or not. */
    private void delete(String name, HeadObjectResponse head) throws BackupException {
        try {
            bucket.ask(
                    name,
                    s3 -> s3.deleteObject(request -> request.bucket(bucket.bucket())
                            .key(bucket.key(name))
                            .versionId(head.versionId())));
        } catch (BackupException e) {
            if (Refusals.status(e) >= BAD_REQUEST
                    && head.objectLockRetainUntilDate() != null
                    && head.objectLockRetainUntilDate().isAfter(clock.instant())) {
                throw new BackupException(
                        new Problem.ServerRefused(
                                bucket.settings().id(), name + " is locked until " + head.objectLockRetainUntilDate()),
                        e);
            }
            throw e;
        }
    }

    @Override
    public void retain(String name) throws BackupException {
        Listing.requirePlain(name);
        LockUntil.of(bucket.settings().lock(), clock).require(bucket, name);
    }

    @Override
    public Optional<StoredFile> stat(String name) throws BackupException {
        Listing.requirePlain(name);
        OptionalLong length = bucket.length(name);
        return length.isPresent() ? Optional.of(new StoredFile(name, length.getAsLong())) : Optional.empty();
    }

    @Override
    public void close() {
        bucket.close();
    }
}
