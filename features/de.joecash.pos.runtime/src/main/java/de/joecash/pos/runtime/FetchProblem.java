package de.joecash.pos.runtime;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why a command could not fetch. By reflection: a problem's package lies in a bundle, the launcher outside of all of
 * them. Its own words are a till's, which has a queue, a dealer and backups of its own: what such words would be wrong
 * for has others here.
 */
final class FetchProblem {
    /** Those that have a text {@code fetch.problem.CODE} in place of what they mean at a till. */
    static final Set<String> OWN_WORDS = Set.of(
            "ServerUnreachable",
            "ServerBusy",
            "ServerRefused",
            "ClockDoubtful",
            "LoginRefused",
            "CertificateRefused",
            "CleartextRefused",
            "HostKeyUnknown",
            "HostKeyChanged",
            "KeyFileUnusable",
            "KeyMissing");

    private final Object problem;

    FetchProblem(Object problem) {
        this.problem = problem;
    }

    /** Gives the problem by which a command failed; empty where it was none, as with a wrong command line. */
    static Optional<FetchProblem> of(Refusal refusal) {
        Throwable failed = refusal.getCause();
        Throwable cause = failed == null ? null : failed.getCause();
        return cause != null && cause.getClass().getName().equals("de.joecash.backup.BackupException")
                ? Optional.of(new FetchProblem(called(cause, "problem")))
                : Optional.empty();
    }

    /** Whether nobody has confirmed the till that signed it. */
    boolean isOfAnotherTill() {
        return code().equals("SignerUnknown");
    }

    /** What is wrong, and what to do on this command line; the place is called by its address. */
    String words(RemotePlace place) {
        String words = OWN_WORDS.contains(code())
                ? said("cause") + " " + Texts.text("fetch.problem." + code())
                : said("message");
        return place.named(words);
    }

    private String code() {
        return problem.getClass().getSimpleName();
    }

    private String said(String part) {
        try {
            return (String) problem.getClass().getMethod(part, Locale.class).invoke(problem, Locale.getDefault());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object called(Object object, String method) {
        try {
            return object.getClass().getMethod(method).invoke(object);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
