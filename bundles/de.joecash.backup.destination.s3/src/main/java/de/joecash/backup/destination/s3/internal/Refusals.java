package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.CertificateRefusal;
import de.joecash.backup.remote.Words;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what an error of the SDK means. The codes are those of the S3 API reference, "Error responses". */
final class Refusals {
    private static final Set<String> LOGIN = Set.of(
            "SignatureDoesNotMatch",
            "InvalidAccessKeyId",
            "InvalidToken",
            "ExpiredToken",
            "TokenRefreshRequired",
            "InvalidSecurity",
            "NotSignedUp");
    private static final Set<String> SKEWED = Set.of("RequestTimeTooSkewed", "RequestExpired");
    private static final Set<String> BUSY = Set.of(
            "SlowDown",
            "ServiceUnavailable",
            "InternalError",
            "RequestTimeout",
            "OperationAborted",
            "Busy",
            "Throttling");
    private static final Set<String> FULL = Set.of(
            "QuotaExceeded",
            "InsufficientStorage",
            "InsufficientCapacity",
            "XMinioStorageFull",
            "XMinioAdminBucketQuotaExceeded",
            "StorageLimitExceeded");
    /** What the server received is not what was sent. */
    private static final Set<String> DAMAGED = Set.of(
            "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "IncompleteBody");

    private static final int INSUFFICIENT_STORAGE = 507;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAUTHORIZED = 401;

    private final String id;

    Refusals(String id) {
        this.id = id;
    }

    /** The status of what the store answered; 0 where it did not. */
    static int status(BackupException e) {
        return e.getCause() instanceof S3Exception answer ? answer.statusCode() : 0;
    }

    BackupException of(SdkException e, String name) {
        return new BackupException(e instanceof S3Exception answer ? answered(answer, name) : unanswered(e), e);
    }

    private Problem answered(S3Exception e, String name) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String message = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        String reply = Words.plain(e.statusCode() + " " + code + (message.isBlank() ? "" : ": " + message));
        int status = e.statusCode();
        if (LOGIN.contains(code) || status == UNAUTHORIZED) {
            return new Problem.LoginRefused(id);
        }
        if (SKEWED.contains(code)) {
            return new Problem.ClockDoubtful(id, "request-skewed");
        }
        if (FULL.contains(code) || status == INSUFFICIENT_STORAGE) {
            return new Problem.ServerFull(id, reply);
        }
        if (DAMAGED.contains(code)) {
            return new Problem.CopyDiffers(id, name, reply);
        }
        boolean passing = (status >= SERVER_ERROR && status != NOT_IMPLEMENTED) || status == TOO_MANY_REQUESTS;
        return BUSY.contains(code) || passing
                ? new Problem.ServerBusy(id, reply)
                : new Problem.ServerRefused(id, reply);
    }

    private Problem unanswered(SdkException e) {
        Optional<Problem> certificate = CertificateRefusal.in(e, id);
        if (certificate.isPresent()) {
            return certificate.get();
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException broken) {
                return new Problem.ServerUnreachable(id, Words.of(broken));
            }
        }
        return new Problem.ServerRefused(
                id, "no answer of an S3 store: " + Words.plain(String.valueOf(e.getMessage())));
    }
}
