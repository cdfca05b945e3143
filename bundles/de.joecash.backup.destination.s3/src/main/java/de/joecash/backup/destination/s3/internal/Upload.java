package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.Content;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One file's way to the store: at once where it is no longer than a part, else in parts, of which an earlier attempt
 * may have left some. The store appears to verify each part; one that shows no such thing is read back. Two parts are
 * in memory, never three.
 */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    private static final int BAD_REQUEST = 400;

    private final Bucket bucket;
    private final LockUntil lock;
    private final String name;
    private final Content content;
    private final Progress sent;
    private final Publication publication;
    private Optional<OpenUpload> open = Optional.empty();

    Upload(Bucket bucket, Clock clock, String name, Content content, LongConsumer sent) {
        this.bucket = bucket;
        this.lock = LockUntil.of(bucket.settings().lock(), clock);
        this.name = name;
        this.content = content;
        this.sent = new Progress(sent);
        this.publication = new Publication(bucket, lock, name, content.bytes());
    }

    void publish() throws BackupException, IOException {
        if (bucket.head(name).isPresent()) {
            throw publication.taken();
        }
        try (sent) {
            if (content.bytes() <= bucket.settings().partBytes()) {
                putAtOnce();
            } else {
                putInParts();
            }
        } catch (IOException e) {
            open.ifPresent(OpenUpload::abort);
            throw e;
        } catch (BackupException e) {
            if (useless(e)) {
                open.ifPresent(OpenUpload::abort);
            }
            throw e;
        }
    }

    /** Says whether what was sent so far is of no use to the next attempt. */
    private static boolean useless(BackupException e) {
        return e.problem() instanceof Problem.NameTaken
                || (e.problem() instanceof Problem.CopyDiffers && Refusals.status(e) == 0);
    }

    private void putAtOnce() throws BackupException, IOException {
        // Nothing is there yet: whoever keeps to a bandwidth counts from here.
        sent.accept(0);
        // Left when parts were shorter.
        OpenUpload.abortAll(bucket, name);
        try (PartReader reader = new PartReader(bucket, name, content)) {
            Part whole = reader.next().orElseThrow();
            ObjectDigest digest = new ObjectDigest(false);
            digest.add(whole, true);
            publication.publish(digest, ifNoneMatch -> {
                PutObjectResponse answer = bucket.send(
                        name,
                        sent,
                        s3 -> s3.putObject(
                                request -> lock.on(request.bucket(bucket.bucket())
                                        .key(bucket.key(name))
                                        .contentMD5(whole.contentMd5())
                                        .checksumSHA256(whole.checksum())
                                        .ifNoneMatch(ifNoneMatch)),
                                whole.body()));
                return new Publication.Found(answer.eTag(), answer.checksumSHA256());
            });
            sent.accept(reader.count());
        }
    }

    private void putInParts() throws BackupException, IOException {
        open = OpenUpload.newest(bucket, name);
        if (open.isPresent()) {
            try (PartReader reader = new PartReader(bucket, name, content)) {
                Parts parts = new Parts(open.get());
                if (parts.goOn(reader)) {
                    parts.sendRest(reader);
                    return;
                }
            }
            LOG.info("An upload of {} that was left is not of the same content, and is begun anew", name);
            open.get().abort();
        }
        open = Optional.of(OpenUpload.begin(bucket, name, lock));
        sent.accept(0);
        try (PartReader reader = new PartReader(bucket, name, content)) {
            new Parts(open.get()).sendRest(reader);
        }
    }

    /** The parts of one upload, as far as they are there. */
    private final class Parts {
        private final OpenUpload upload;
        private final ObjectDigest digest = new ObjectDigest(true);
        private final List<CompletedPart> completed = new ArrayList<>();

        Parts(OpenUpload upload) {
            this.upload = upload;
        }

        /** Compares what an earlier attempt left with the content, which is read for it; false where it differs. */
        boolean goOn(PartReader reader) throws BackupException, IOException {
            for (software.amazon.awssdk.services.s3.model.Part stored : upload.stored()) {
                Optional<Part> part = reader.next();
                if (part.isEmpty()
                        || stored.size() == null
                        || stored.size() != part.get().length()
                        || !part.get().shownBy(stored.eTag(), stored.checksumSHA256())) {
                    return false;
                }
                add(part.get(), true, stored.eTag(), stored.checksumSHA256());
            }
            if (reader.count() > 0) {
                LOG.info("{} goes on behind {} of {} bytes", name, reader.count(), content.bytes());
            }
            sent.accept(reader.count());
            return true;
        }

        void sendRest(PartReader reader) throws BackupException, IOException {
            for (Optional<Part> next = reader.next(); next.isPresent(); next = reader.next()) {
                Part part = next.get();
                long before = reader.count() - part.length();
                UploadPartResponse answer = upload.send(part, count -> sent.accept(before + count));
                boolean shown = part.shownBy(answer.eTag(), answer.checksumSHA256());
                if (!shown && answer.checksumSHA256() != null) {
                    throw publication.differs("the store has another checksum of part " + part.number());
                }
                add(part, shown, answer.eTag(), answer.checksumSHA256());
                sent.accept(reader.count());
            }
            publication.publish(digest, ifNoneMatch -> {
                CompleteMultipartUploadResponse answer = complete(ifNoneMatch);
                return new Publication.Found(answer.eTag(), answer.checksumSHA256());
            });
        }

        /**
         * A store that lists parts without their checksums may want them all the same; one that knows none refuses
         * them.
         */
        private CompleteMultipartUploadResponse complete(String ifNoneMatch) throws BackupException {
            try {
                return upload.complete(completed, ifNoneMatch);
            } catch (BackupException e) {
                if (Refusals.status(e) != BAD_REQUEST
                        || completed.stream().allMatch(part -> part.checksumSHA256() != null)) {
                    throw e;
                }
                return upload.complete(digest.checksumsFor(completed), ifNoneMatch);
            }
        }

        private void add(Part part, boolean shown, String eTag, String checksum) {
            digest.add(part, shown);
            completed.add(CompletedPart.builder()
                    .partNumber(part.number())
                    .eTag(eTag)
                    .checksumSHA256(checksum)
                    .build());
        }
    }
}
