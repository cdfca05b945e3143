package de.joecash.backup;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How the last drill of a backup ended: it was loaded into a scratch database and compared there, and the host was
 * asked about its books. A drill that could not be made has no result.
 *
 * @param at when it ended
 * @param problem what is wrong with the backup; empty where it passed
 */
public record DrillResult(Instant at, Optional<Problem> problem) {
    /** Checks that nothing is missing. */
    public DrillResult {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * Says whether the backup was restored and nothing was found wrong.
     *
     * @return whether it passed
     */
    public boolean passed() {
        return problem.isEmpty();
    }

    /**
     * Says whether a problem that ended a drill is one of the backup. Any other, such as too little space, a
     * cancellation or a server that does not answer, says nothing about it: the drill was not made.
     *
     * @param problem why a drill did not succeed
     * @return whether the drill has failed
     */
    public static boolean condemns(Problem problem) {
        return problem instanceof Problem.ArchiveDamaged
                || problem instanceof Problem.FilesDamaged
                || problem instanceof Problem.DumpRefused
                || problem instanceof Problem.FilesRefused
                || problem instanceof Problem.RestoreFailed
                || problem instanceof Problem.ContentsDiffer
                || problem instanceof Problem.BooksWrong;
    }
}
