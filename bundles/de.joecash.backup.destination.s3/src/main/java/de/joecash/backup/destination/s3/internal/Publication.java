package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The moment at which an object appears under its name. Where the answer was lost, the store is asked what is there,
 * and that is compared; nothing is guessed.
 */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    private static final int ROUNDS = 3;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;

    private final Bucket bucket;
    private final LockUntil lock;
    private final String name;
    private final long length;

    /** What the store says of an object; {@code null} where it says nothing. */
    record Found(String eTag, String checksum) {}

    /** Asks the store to publish. */
    interface Request {
        /**
         * Asks once.
         *
         * @param ifNoneMatch what may not be there yet (RFC 9110, section 13.1.2); {@code null} for a store that does
         *     not know that
         */
        Found ask(String ifNoneMatch) throws BackupException;
    }

    Publication(Bucket bucket, LockUntil lock, String name, long length) {
        this.bucket = bucket;
        this.lock = lock;
        this.name = name;
        this.length = length;
    }

    void publish(ObjectDigest digest, Request request) throws BackupException {
        String ifNoneMatch = "*";
        boolean asked = false;
        for (int round = 1; ; round++) {
            try {
                Found found = request.ask(ifNoneMatch);
                if (!digest.shownBy(found.eTag(), found.checksum())) {
                    require(digest);
                }
                requireLock();
                return;
            } catch (BackupException e) {
                int status = Refusals.status(e);
                if (status == NOT_IMPLEMENTED && ifNoneMatch != null) {
                    LOG.debug("The store knows no If-None-Match: {}", e.getMessage());
                    ifNoneMatch = null;
                } else if (!settled(e, asked, digest)) {
                    if (round >= ROUNDS) {
                        throw e;
                    }
                    asked = true;
                    LOG.info("The answer to publishing {} was lost, asking again: {}", name, e.getMessage());
                } else {
                    requireLock();
                    return;
                }
            }
        }
    }

    /** Finds out what came of a request that failed: true if it is there, false if it may be asked for again. */
    private boolean settled(BackupException e, boolean asked, ObjectDigest digest) throws BackupException {
        int status = Refusals.status(e);
        boolean lost = e.problem() instanceof Problem.ServerUnreachable || e.problem() instanceof Problem.ServerBusy;
        boolean taken = status == PRECONDITION_FAILED || status == CONFLICT;
        if (!lost && !taken && !(asked && status == NOT_FOUND)) {
            throw e;
        }
        Optional<HeadObjectResponse> there = bucket.head(name);
        if (there.isPresent()) {
            if ((taken && !asked) || !same(there.get(), digest)) {
                throw taken();
            }
            return true;
        }
        if (e.problem() instanceof Problem.ServerUnreachable) {
            return false;
        }
        throw e;
    }

    /** Looks at what was published, and takes it back where it is something else. */
    private void require(ObjectDigest digest) throws BackupException {
        HeadObjectResponse head = bucket.head(name).orElseThrow(() -> differs("it is not there under its final name"));
        if (!same(head, digest)) {
            remove();
            throw differs("it is not what was sent");
        }
    }

    private boolean same(HeadObjectResponse head, ObjectDigest digest) throws BackupException {
        if (head.contentLength() == null || head.contentLength() != length) {
            return false;
        }
        if (digest.shownBy(head.eTag(), head.checksumSHA256())) {
            return true;
        }
        LOG.info("The store shows no digest of {}, which is read back", name);
        try (InputStream in = Download.open(bucket, name, 0, length)) {
            return digest.equalTo(in);
        } catch (IOException e) {
            throw e.getCause() instanceof BackupException known ? known : differs(Words.of(e));
        }
    }

    private void requireLock() throws BackupException {
        try {
            lock.require(bucket, name);
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.ServerRefused) {
                remove();
            }
            throw e;
        }
    }

    private void remove() {
        try {
            bucket.ask(
                    name,
                    s3 -> s3.deleteObject(
                            request -> request.bucket(bucket.bucket()).key(bucket.key(name))));
        } catch (BackupException e) {
            LOG.warn("{} stays in the store and is not what was sent: {}", name, e.getMessage());
        }
    }

    BackupException taken() {
        return new BackupException(new Problem.NameTaken(bucket.settings().id(), name));
    }

    BackupException differs(String detail) {
        return new BackupException(new Problem.CopyDiffers(bucket.settings().id(), name, detail));
    }
}
