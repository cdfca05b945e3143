package de.joecash.backup.remote;

import de.joecash.backup.Problem;
import java.security.cert.CertificateException;
import java.util.Optional;

/** A certificate that is not to be trusted; the message is a reason that the problem's texts know. */
public final class CertificateRefusal extends CertificateException {
    static final String EXPIRED = "expired";
    static final String NOT_YET_VALID = "not-yet-valid";
    static final String OTHER_NAME = "other-name";
    static final String UNKNOWN_ISSUER = "unknown-issuer";
    static final String NOT_PINNED = "not-pinned";

    private static final long serialVersionUID = 1;

    CertificateRefusal(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** Far more tills have a wrong clock than data centres have an old certificate. */
    private boolean isOfTime() {
        return getMessage().equals(EXPIRED) || getMessage().equals(NOT_YET_VALID);
    }

    /**
     * Finds one under what TLS has wrapped around it.
     *
     * @param thrown by a connection
     * @param destination the destination's id
     * @return what it means; empty if there is none
     */
    public static Optional<Problem> in(Throwable thrown, String destination) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof CertificateRefusal refusal) {
                return Optional.of(
                        refusal.isOfTime()
                                ? new Problem.ClockDoubtful(destination, "certificate-" + refusal.getMessage())
                                : new Problem.CertificateRefused(destination, refusal.getMessage()));
            }
        }
        return Optional.empty();
    }
}
