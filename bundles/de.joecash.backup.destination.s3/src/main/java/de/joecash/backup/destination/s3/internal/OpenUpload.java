package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** An upload in parts that was begun and not ended: what another destination would call the {@code .part} file. */
final class OpenUpload {
    private static final Logger LOG = LoggerFactory.getLogger(OpenUpload.class);
    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;
    /** A thousand each; an upload has no more parts than that, and a hostile server could go on for ever. */
    private static final int MOST_PAGES = 10;

    private final Bucket bucket;
    private final String name;
    private final String id;

    private OpenUpload(Bucket bucket, String name, String id) {
        this.bucket = bucket;
        this.name = name;
        this.id = id;
    }

    static OpenUpload begin(Bucket bucket, String name, LockUntil lock) throws BackupException {
        String id = bucket.ask(name, s3 -> s3.createMultipartUpload(request -> lock.on(request.bucket(bucket.bucket())
                        .key(bucket.key(name))
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)))
                .uploadId());
        return new OpenUpload(bucket, name, id);
    }

    /** Finds the newest upload that an earlier attempt left, and aborts all others. */
    static Optional<OpenUpload> newest(Bucket bucket, String name) throws BackupException {
        List<OpenUpload> all = all(bucket, name);
        all.stream().skip(1).forEach(OpenUpload::abort);
        return all.stream().findFirst();
    }

    static void abortAll(Bucket bucket, String name) throws BackupException {
        all(bucket, name).forEach(OpenUpload::abort);
    }

    /** The newest first. */
    private static List<OpenUpload> all(Bucket bucket, String name) throws BackupException {
        List<MultipartUpload> found = new ArrayList<>();
        String keyMarker = null;
        String idMarker = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            ListMultipartUploadsResponse answer;
            try {
                answer = list(bucket, name, keyMarker, idMarker);
            } catch (BackupException e) {
                if (Refusals.status(e) == NOT_IMPLEMENTED || Refusals.status(e) == NOT_FOUND) {
                    LOG.debug("The store lists no uploads: {}", e.getMessage());
                    return List.of();
                }
                throw e;
            }
            answer.uploads().stream()
                    .filter(upload -> bucket.key(name).equals(upload.key()) && upload.uploadId() != null)
                    .forEach(found::add);
            keyMarker = answer.nextKeyMarker();
            idMarker = answer.nextUploadIdMarker();
            if (!Boolean.TRUE.equals(answer.isTruncated()) || keyMarker == null) {
                break;
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(OpenUpload::begun).reversed())
                .map(upload -> new OpenUpload(bucket, name, upload.uploadId()))
                .toList();
    }

    private static Instant begun(MultipartUpload upload) {
        return upload.initiated() == null ? Instant.EPOCH : upload.initiated();
    }

    private static ListMultipartUploadsResponse list(Bucket bucket, String name, String keyMarker, String idMarker)
            throws BackupException {
        return bucket.ask(
                name,
                s3 -> s3.listMultipartUploads(request -> request.bucket(bucket.bucket())
                        .prefix(bucket.key(name))
                        .keyMarker(keyMarker)
                        .uploadIdMarker(idMarker)));
    }

    /** Lists the parts that are there from the first on without a gap. */
    List<software.amazon.awssdk.services.s3.model.Part> stored() throws BackupException {
        List<software.amazon.awssdk.services.s3.model.Part> parts = new ArrayList<>();
        Integer marker = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Integer after = marker;
            ListPartsResponse answer = bucket.ask(
                    name,
                    s3 -> s3.listParts(request -> request.bucket(bucket.bucket())
                            .key(bucket.key(name))
                            .uploadId(id)
                            .partNumberMarker(after)));
            for (software.amazon.awssdk.services.s3.model.Part part : answer.parts()) {
                if (part.partNumber() == null || part.partNumber() != parts.size() + 1) {
                    return parts;
                }
                parts.add(part);
            }
            marker = answer.nextPartNumberMarker();
            if (!Boolean.TRUE.equals(answer.isTruncated()) || marker == null) {
                break;
            }
        }
        return parts;
    }

    UploadPartResponse send(Part part, LongConsumer taken) throws BackupException {
        return bucket.send(
                name,
                taken,
                s3 -> s3.uploadPart(
                        request -> request.bucket(bucket.bucket())
                                .key(bucket.key(name))
                                .uploadId(id)
                                .partNumber(part.number())
                                .contentMD5(part.contentMd5())
                                .checksumSHA256(part.checksum()),
                        part.body()));
    }

    CompleteMultipartUploadResponse complete(List<CompletedPart> parts, String ifNoneMatch) throws BackupException {
        return bucket.ask(
                name,
                s3 -> s3.completeMultipartUpload(request -> request.bucket(bucket.bucket())
                        .key(bucket.key(name))
                        .uploadId(id)
                        .ifNoneMatch(ifNoneMatch)
                        .multipartUpload(upload -> upload.parts(parts))));
    }

    /** Removes it with its parts, where that is possible: what comes next finds out whether it was. */
    void abort() {
        try {
            bucket.ask(
                    name,
                    s3 -> s3.abortMultipartUpload(request -> request.bucket(bucket.bucket())
                            .key(bucket.key(name))
                            .uploadId(id)));
        } catch (BackupException e) {
            LOG.debug("An upload of {} stays in the store until the next attempt: {}", name, e.getMessage());
        }
    }
}
