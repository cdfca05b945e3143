package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The object lock that is set on what is sent, if one is, and seen to be there (S3 user guide, "Object Lock"). */
record LockUntil(Optional<Instant> until, BucketSettings.Lock lock) {
    private static final Logger LOG = LoggerFactory.getLogger(LockUntil.class);

    static LockUntil of(BucketSettings.Lock lock, Clock clock) {
        Optional<Instant> until = lock.days() == 0
                ? Optional.empty()
                : Optional.of(clock.instant().plus(lock.days(), ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));
        return new LockUntil(until, lock);
    }

    void on(CreateMultipartUploadRequest.Builder request) {
        until.ifPresent(time -> request.objectLockMode(mode()).objectLockRetainUntilDate(time));
    }

    void on(PutObjectRequest.Builder request) {
        until.ifPresent(time -> request.objectLockMode(mode()).objectLockRetainUntilDate(time));
    }

    /**
     * Sees that a published object is locked for so long, or locks it: an upload that was gone on with may have been
     * begun before there was a lock, a store that has none says nothing, and what is put now may rest on what was
     * locked a month ago.
     *
     * @throws BackupException if the store does not lock it
     */
    void require(Bucket bucket, String name) throws BackupException {
        if (until.isEmpty() || locked(bucket, name)) {
            return;
        }
        LOG.info("{} is not locked until {}, which is done now", name, until.get());
        bucket.ask(
                name,
                s3 -> s3.putObjectRetention(request -> request.bucket(bucket.bucket())
                        .key(bucket.key(name))
                        .retention(retention -> retention
                                .mode(ObjectLockRetentionMode.fromValue(
                                        lock.mode().name()))
                                .retainUntilDate(until.get()))));
        if (!locked(bucket, name)) {
            throw new BackupException(new Problem.ServerRefused(
                    bucket.settings().id(), "the store takes a lock and does not set it (lockDays)"));
        }
    }

    private boolean locked(Bucket bucket, String name) throws BackupException {
        // A day less, for an upload that was begun yesterday and goes on today.
        Instant enough = until.get().minus(1, ChronoUnit.DAYS);
        return bucket.head(name)
                .map(HeadObjectResponse::objectLockRetainUntilDate)
                .filter(time -> !time.isBefore(enough))
                .isPresent();
    }

    private ObjectLockMode mode() {
        return ObjectLockMode.fromValue(lock.mode().name());
    }
}
