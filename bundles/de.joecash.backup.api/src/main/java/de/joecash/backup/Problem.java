package de.joecash.backup;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Everything that can be wrong, as one family. Each has a cause, what it means for the data, and a next step, in German
 * and English. Records, so that they can be compared, kept and drawn.
 */
public sealed interface Problem {
    /**
     * Says the problem in three sentences: cause, what it means for the data, next step.
     *
     * @param locale German is answered in German, everything else in English
     * @return plain text without secrets
     */
    default String message(Locale locale) {
        return cause(locale) + " " + consequence(locale) + " " + nextStep(locale);
    }

    /** Says what is wrong, in plain text; {@code locale} is as in {@link #message}. */
    default String cause(Locale locale) {
        return ProblemTexts.text(this, "cause", locale);
    }

    /** Says what that means for the data, in plain text; {@code locale} is as in {@link #message}. */
    default String consequence(Locale locale) {
        return ProblemTexts.text(this, "data", locale);
    }

    /** Says what to do, in plain text; {@code locale} is as in {@link #message}. */
    default String nextStep(Locale locale) {
        return ProblemTexts.text(this, "next", locale);
    }

    /**
     * Gives a stable code for machines: the record's name.
     *
     * @return e.g. {@code NoSpace}
     */
    default String code() {
        return getClass().getSimpleName();
    }

    /**
     * Says whether it may pass by itself, so that a transfer is tried again.
     *
     * @return whether to try again
     */
    default boolean passing() {
        return this instanceof Stopping
                || this instanceof NotEntitled
                || this instanceof DestinationMissing
                || this instanceof ServerUnreachable
                || this instanceof ServerBusy
                || this instanceof ServerFull
                || this instanceof ClockDoubtful
                || this instanceof CopyDiffers;
    }

    /**
     * The disk would fall below its reserve; {@code place} is a directory, {@code needed} what is needed there in
     * bytes, the reserve included, {@code free} what is free.
     */
    record NoSpace(String place, long needed, long free) implements Problem {}

    /** No database is offered by the host, or none that a source of ours can read. */
    record NoDatabase() implements Problem {}

    /** The database could not be read; {@code detail} is the database's words. */
    record DumpFailed(String detail) implements Problem {}

    /** A database's {@code tool} is not installed; {@code debianPackage} brings it. */
    record ToolMissing(String tool, String debianPackage) implements Problem {}

    /** A database's {@code tool} is older than the database; {@code debianPackage} brings one that is not. */
    record ToolTooOld(String tool, String version, String debianPackage) implements Problem {}

    /** A database's {@code tool} made no progress any more and was ended. */
    record ToolStalled(String tool) implements Problem {}

    /** A database's {@code tool} was ended by somebody else, as the system does where memory runs short. */
    record ToolKilled(String tool) implements Problem {}

    /** A database's {@code tool} said that all was well, but its dump has no end. */
    record DumpIncomplete(String tool) implements Problem {}

    /** The database does not accept the user or the password that the host names; {@code user} is the user's name. */
    record DatabaseLoginRefused(String user) implements Problem {}

    /** The database's server cannot be reached, or the connection broke; {@code detail} is the system's words. */
    record DatabaseUnreachable(String detail) implements Problem {}

    /** Somebody holds a table of the database for longer than a backup may wait. */
    record DatabaseLocked() implements Problem {}

    /** A table, kept by an engine that cannot tell what was in it at one instant while the till sells. */
    record NoSnapshot(String table, String engine) implements Problem {}

    /**
     * The backup is of a newer database server; {@code backup} is its server's version, {@code database} is the till's
     * server's version.
     */
    record NewerDatabase(String backup, String database) implements Problem {}

    /**
     * The backup folder cannot be used; {@code folder} is its path, {@code detail} says why: {@code not-absolute},
     * {@code not-a-directory}, {@code missing}, {@code not-writable} or {@code in-use}, which are said in the reader's
     * language, or the system's words.
     */
    record FolderUnusable(String folder, String detail) implements Problem {}

    /** An archive is not what its manifest says; {@code backup} names it, {@code detail} is what differs. */
    record ArchiveDamaged(String backup, String detail) implements Problem {}

    /**
     * A manifest cannot be read, or was written by a newer version; {@code name} is the file's name, {@code detail}
     * says why.
     */
    record ManifestUnreadable(String name, String detail) implements Problem {}

    /** There is no such backup; {@code backup} is the name asked for. */
    record UnknownBackup(String backup) implements Problem {}

    /**
     * The kept files of a backup are not what its manifest says, and the database in it is not concerned;
     * {@code backup} names it, {@code detail} is what differs.
     */
    record FilesDamaged(String backup, String detail) implements Problem {}

    /** The input is not what was expected; {@code detail} is what was wrong with it. */
    record InvalidInput(String detail) implements Problem {}

    /**
     * Another run is under way.
     *
     * @param kind of the run under way
     */
    record Busy(Run.Kind kind) implements Problem {
        /** Checks that nothing is missing. */
        public Busy {
            Objects.requireNonNull(kind, "kind");
        }
    }

    /** Somebody cancelled it. */
    record Cancelled() implements Problem {}

    /** The plug-in is being stopped or updated. */
    record Stopping() implements Problem {}

    /** There is no good manual backup to send. */
    record NothingToSend() implements Problem {}

    /** There is no good backup to drill. */
    record NothingToDrill() implements Problem {}

    /** Local copies are not allowed (01.1) and +Backup is not booked. */
    record NoRoute() implements Problem {}

    /** +Backup is not booked any more; what is queued for the data centre waits. */
    record NotEntitled() implements Problem {}

    /** A destination is not configured; {@code destination} is its id. */
    record DestinationMissing(String destination) implements Problem {}

    /**
     * The medium at 01.2 cannot be used.
     *
     * @param path as configured
     * @param reason why
     */
    record MediumRefused(String path, Reason reason) implements Problem {
        /** Why a medium cannot be used. */
        public enum Reason {
            /** 01.2 is empty. */
            NOT_SET,
            /** Not an absolute path, or not a path. */
            NOT_ABSOLUTE,
            /** Nothing there. */
            MISSING,
            /** Not a directory. */
            NOT_A_DIRECTORY,
            /** Lies on the system's own file system: no medium is mounted there. */
            NOT_MOUNTED,
            /** Write-protected: mounted for reading alone. */
            READ_ONLY,
            /** The system found an error on it, and lets nobody write there until it is plugged in anew. */
            LOCKED,
            /** It is not the till's user who may write there. */
            NO_PERMISSION,
            /** May not be written to, for another reason. */
            NOT_WRITABLE,
            /** Has less room than is needed, even when empty. */
            TOO_SMALL,
            /** Inside the backup folder, or around it. */
            INSIDE_BACKUPS,
            /** Inside the database's directory, or around it. */
            INSIDE_DATABASE
        }

        /** Checks that nothing is missing. */
        public MediumRefused {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The medium failed while it was used; {@code path} is as configured, {@code detail} is the system's words. */
    record MediumFailed(String path, String detail) implements Problem {}

    /** A notification could not be delivered; {@code detail} is the host's words. */
    record NotificationFailed(String detail) implements Problem {}

    /** The destination would take the data in the clear, and that is not allowed; {@code destination} is its id. */
    record CleartextRefused(String destination) implements Problem {}

    /**
     * The server cannot be reached, or the connection broke; {@code destination} is its id, {@code detail} is the
     * system's words.
     */
    record ServerUnreachable(String destination, String detail) implements Problem {}

    /** The server does not accept the user or the password; {@code destination} is its id. */
    record LoginRefused(String destination) implements Problem {}

    /** The server refused, for now; {@code destination} is its id, {@code reply} is the server's words. */
    record ServerBusy(String destination, String reply) implements Problem {}

    /** The server refused, for good; {@code destination} is its id, {@code reply} is the server's words. */
    record ServerRefused(String destination, String reply) implements Problem {}

    /**
     * The server has no room for it, or the account's quota is used up; {@code destination} is its id, {@code reply} is
     * the server's words.
     */
    record ServerFull(String destination, String reply) implements Problem {}

    /**
     * The server and this one do not agree on the time, and one of the two clocks is wrong, or a certificate is not
     * what it should be; {@code destination} is the server's id, {@code detail} says by what that is seen:
     * {@code certificate-expired}, {@code certificate-not-yet-valid} or {@code request-skewed}, which are said in the
     * reader's language.
     */
    record ClockDoubtful(String destination, String detail) implements Problem {}

    /**
     * The server's certificate is not one to trust: for another name, of an unknown issuer, or not the pinned one. It
     * may be somebody else who answers; {@code destination} is its id, {@code detail} is what is wrong with it.
     */
    record CertificateRefused(String destination, String detail) implements Problem {}

    /**
     * The server's host key was never confirmed; {@code destination} is its id, {@code fingerprint} is the key's, as
     * {@code SHA256:…}, to be confirmed.
     */
    record HostKeyUnknown(String destination, String fingerprint) implements Problem {}

    /**
     * The server shows another host key than the one that was confirmed. It may be somebody else who answers;
     * {@code destination} is its id, {@code fingerprint} is that of the key that it shows.
     */
    record HostKeyChanged(String destination, String fingerprint) implements Problem {}

    /**
     * The private key that a destination is to be logged in to by cannot be used; {@code destination} is its id,
     * {@code file} is the key's path, {@code detail} says why: {@code missing}, {@code unreadable},
     * {@code open-to-others}, {@code not-a-key} or {@code not-opened}, which are said in the reader's language.
     */
    record KeyFileUnusable(String destination, String file, String detail) implements Problem {}

    /** Off-server copies are encrypted, and nobody is configured who could open them. */
    record RecipientMissing() implements Problem {}

    /** A copy is encrypted, and nobody gave the key that opens it; {@code backup} names it. */
    record KeyMissing(String backup) implements Problem {}

    /** What was given is no key: a character of it is wrong or is missing. */
    record KeyMistyped() implements Problem {}

    /**
     * A copy cannot be opened by the key that was given.
     *
     * @param backup which
     * @param recipients whose keys open it, public halves; none where that is not known
     */
    record KeyRefused(String backup, List<String> recipients) implements Problem {
        /** Keeps a copy of the list. */
        public KeyRefused {
            Objects.requireNonNull(backup, "backup");
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * A manifest was signed by a till that nobody here has confirmed; {@code backup} names it, {@code fingerprint} is
     * of the key that signed it.
     */
    record SignerUnknown(String backup, String fingerprint) implements Problem {}

    /** A manifest has no signature, or one that is not by the key it names; {@code name} is the file's name. */
    record SignatureWrong(String name) implements Problem {}

    /**
     * At a place there are not all the files that a backup is made of.
     *
     * @param backup which
     * @param missing what is missing there
     */
    record PartsMissing(String backup, List<String> missing) implements Problem {
        /** Keeps a copy of the list. */
        public PartsMissing {
            Objects.requireNonNull(backup, "backup");
            missing = List.copyOf(missing);
        }
    }

    /**
     * What arrived is not what was sent; {@code destination} is its id, {@code name} is the file's name there,
     * {@code detail} is what differs.
     */
    record CopyDiffers(String destination, String name, String detail) implements Problem {}

    /**
     * The file is longer than the destination takes; {@code destination} is its id, {@code bytes} is the file's length,
     * {@code limit} is the longest it takes, in bytes.
     */
    record TooLarge(String destination, long bytes, long limit) implements Problem {}

    /**
     * The name is taken at the destination, by something else; {@code destination} is its id, {@code name} is the name.
     */
    record NameTaken(String destination, String name) implements Problem {}

    /**
     * The restored database is not what the manifest says.
     *
     * @param backup which backup
     * @param differences the tables that differ
     */
    record ContentsDiffer(String backup, List<String> differences) implements Problem {
        /** Keeps a copy of the list. */
        public ContentsDiffer {
            Objects.requireNonNull(backup, "backup");
            differences = List.copyOf(differences);
        }
    }

    /** The books in the restored database of a backup are wrong; {@code findings} are in the host's words. */
    record BooksWrong(String backup, List<Finding> findings) implements Problem {
        /** Keeps a copy of the list. */
        public BooksWrong {
            Objects.requireNonNull(backup, "backup");
            findings = List.copyOf(findings);
        }
    }

    /** No scratch database could be had beside the live one; {@code detail} is the database's words. */
    record NoScratchDatabase(String detail) implements Problem {}

    /** The dump could not be loaded, or not be put in place; {@code detail} is the database's words. */
    record RestoreFailed(String detail) implements Problem {}

    /** The database server lacks space or memory, or its disk fails; {@code detail} is in its words. */
    record ServerExhausted(String detail) implements Problem {}

    /** The dump holds what no dump of a till holds; {@code detail} is what it is. */
    record DumpRefused(String detail) implements Problem {}

    /** The backup is of another database product; {@code backup} is its product, {@code database} is the till's. */
    record WrongSource(String backup, String database) implements Problem {}

    /**
     * The backup is of the till {@code backup}, and this one is {@code till}: nobody has said that it takes its place.
     */
    record OtherTill(String backup, String till) implements Problem {}

    /** A {@code file} that is to be kept cannot be; {@code detail} has texts of its own or is the system's words. */
    record FileNotKept(String file, String detail) implements Problem {}

    /** A backup holds the files of a folder that the till does not name at present. */
    record FolderMissing(String backup, String folder) implements Problem {}

    /** A tar file holds an entry, its name shortened, that those of no backup hold; {@code detail} has texts. */
    record FilesRefused(String entry, String detail) implements Problem {}

    /** Files could not be unpacked beside a folder, and nothing was changed; {@code detail} as above. */
    record FilesNotUnpacked(String folder, String detail) implements Problem {}

    /** The database was restored, but a folder of the till could not be replaced; {@code detail} as above. */
    record FolderNotReplaced(String folder, String detail) implements Problem {}

    /** Something went wrong that has no name of its own; {@code detail} is what it said. */
    record Unexpected(String detail) implements Problem {}
}
