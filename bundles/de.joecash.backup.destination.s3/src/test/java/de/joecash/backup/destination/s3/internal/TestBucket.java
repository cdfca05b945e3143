package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.remote.Patience;
import de.joecash.backup.remote.Trusted;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket as tests set it up, and look into it behind the destination's back. */
record TestBucket(BucketSettings settings) {
    static final String ID = "data-centre";
    static final String NAME = "tills";
    static final String ACCESS_KEY = "till:kasse1";
    static final String SECRET_KEY = "Key/with+all=7%";

    static TestBucket at(URI endpoint) {
        return at(endpoint, ACCESS_KEY, SECRET_KEY);
    }

    static TestBucket at(URI endpoint, String accessKey, String secretKey) {
        return new TestBucket(new BucketSettings(
                ID,
                new BucketSettings.Store(endpoint, true, "us-east-1", NAME, true),
                new BucketSettings.Account(accessKey, new Secret(secretKey)),
                new Trusted(Optional.empty(), Set.of()),
                5 << 20,
                BucketSettings.Lock.of(0, "governance"),
                new Patience(Await.PATIENCE, Await.PATIENCE)));
    }

    TestBucket with(BucketSettings.Store store) {
        return new TestBucket(new BucketSettings(
                ID,
                store,
                settings.account(),
                settings.trusted(),
                settings.partBytes(),
                settings.lock(),
                settings.patience()));
    }

    TestBucket named(String bucket) {
        return with(new BucketSettings.Store(settings.store().endpoint(), true, "us-east-1", bucket, true));
    }

    TestBucket secret(String secretKey) {
        return at(settings.store().endpoint(), settings.account().accessKey(), secretKey);
    }

    TestBucket trusting(Path certificates, String... pins) {
        return new TestBucket(new BucketSettings(
                ID,
                settings.store(),
                settings.account(),
                new Trusted(Optional.ofNullable(certificates), Set.of(pins)),
                settings.partBytes(),
                settings.lock(),
                settings.patience()));
    }

    TestBucket patient(Duration data) {
        return new TestBucket(new BucketSettings(
                ID,
                settings.store(),
                settings.account(),
                settings.trusted(),
                settings.partBytes(),
                settings.lock(),
                new Patience(Await.PATIENCE, data)));
    }

    TestBucket locked(int days) {
        return new TestBucket(new BucketSettings(
                ID,
                settings.store(),
                settings.account(),
                settings.trusted(),
                settings.partBytes(),
                BucketSettings.Lock.of(days, "governance"),
                settings.patience()));
    }

    S3Provider provider() {
        return new S3Provider(settings, Clock.systemUTC());
    }

    /** Asks the store by a line of the test's own. */
    <T> T ask(Bucket.Question<T> question) throws IOException {
        try (Bucket bucket =
                new Bucket(settings, KeyPrefix.of(""), new Line(settings, new Cancellation(), new Cancellation()))) {
            return bucket.ask("", question);
        } catch (BackupException e) {
            throw new IOException(e);
        }
    }

    void create() throws IOException {
        ask(s3 -> s3.createBucket(request -> request.bucket(NAME)));
    }

    void place(String key, byte[] bytes) throws IOException {
        ask(s3 -> s3.putObject(request -> request.bucket(NAME).key(key), RequestBody.fromBytes(bytes)));
    }

    /** Begins an upload, sends one part, and leaves it. */
    void begin(String key, byte[] part) throws IOException {
        ask(s3 -> {
            String id = s3.createMultipartUpload(request -> request.bucket(NAME).key(key))
                    .uploadId();
            return s3.uploadPart(
                    request -> request.bucket(NAME).key(key).uploadId(id).partNumber(1), RequestBody.fromBytes(part));
        });
    }

    /** Lists all objects by their keys, with their lengths. */
    Map<String, Long> objects() throws IOException {
        return ask(s3 -> {
            Map<String, Long> found = new TreeMap<>();
            for (S3Object object :
                    s3.listObjectsV2(request -> request.bucket(NAME)).contents()) {
                found.put(object.key(), object.size());
            }
            return found;
        });
    }

    /** Lists the uploads that were begun and not ended. */
    List<MultipartUpload> uploads() throws IOException {
        return ask(
                s3 -> s3.listMultipartUploads(request -> request.bucket(NAME)).uploads());
    }

    /** Takes everything away. */
    void empty() throws IOException {
        ask(s3 -> {
            removeAll(s3);
            return true;
        });
    }

    private static void removeAll(S3Client s3) {
        s3.listObjectsV2(request -> request.bucket(NAME))
                .contents()
                .forEach(object ->
                        s3.deleteObject(request -> request.bucket(NAME).key(object.key())));
        s3.listMultipartUploads(request -> request.bucket(NAME))
                .uploads()
                .forEach(upload -> s3.abortMultipartUpload(
                        request -> request.bucket(NAME).key(upload.key()).uploadId(upload.uploadId())));
    }
}
