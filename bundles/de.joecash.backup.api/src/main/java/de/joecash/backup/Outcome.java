package de.joecash.backup;

import java.util.Objects;
import java.util.Set;

/** How a run ended. */
public sealed interface Outcome {
    /** What was shown by a run, not assumed. */
    enum Proof {
        /** The archive was written whole and synced to the disk. */
        SYNCED,
        /** The archive was read back and its bytes and its content have the digests of the manifest. */
        READ_BACK,
        /** The loaded database has the tables, row counts and digests of the manifest. */
        CONTENTS_EQUAL,
        /** The host had nothing to say against the books in the loaded database. */
        BOOKS_CHECKED,
        /** The till's database was replaced. */
        ACTIVATED,
        /** The files of kept folders were unpacked, compared with the archive, and put in place. */
        FILES_RESTORED,
        /** A copy at a destination has the archive's length. */
        COPY_LENGTH_EQUAL,
        /** A copy at a destination was read back and is equal. */
        COPY_CONTENT_EQUAL
    }

    /**
     * The run did what was asked.
     *
     * @param backup the backup it was about, as it stands now
     * @param proven what was shown
     */
    record Succeeded(Backup backup, Set<Proof> proven) implements Outcome {
        /** Checks that nothing is missing and keeps a copy of the set. */
        public Succeeded {
            Objects.requireNonNull(backup, "backup");
            proven = Set.copyOf(proven);
        }
    }

    /**
     * The run did not do what was asked; everything that was good before is good still.
     *
     * @param problem why, and what to do
     */
    record Failed(Problem problem) implements Outcome {
        /** Checks that nothing is missing. */
        public Failed {
            Objects.requireNonNull(problem, "problem");
        }
    }
}
