package de.joecash.backup.update.internal.set;

/** Why a set is not installed. Each has a cause and a next step among the texts. */
public enum Refusal {
    /** No vendor's key is configured. */
    NO_KEYS,
    /** A configured key is none; says at which place it stands, and nothing of it. */
    KEY_MALFORMED,
    /** There is no file of that name; says which. */
    NO_FILE,
    /** The file cannot be read; says which, and the system's words. */
    UNREADABLE,
    /** The file does not end as a set does. */
    CUT,
    /** A zip file of another kind; says what is wrong. */
    NOT_A_SET,
    /** Longer, or more of it, than a set may have; says what, and the limit. */
    TOO_LARGE,
    /** The list has a later format; says which, and the one that is known. */
    NEWER_FORMAT,
    /** Signed by a key that is not configured; says which. */
    KEY_UNKNOWN,
    /** Not signed by the key that it names. */
    SIGNATURE_WRONG,
    /** The list, though signed, cannot be right; says why. */
    LIST_WRONG,
    /** A file is there that the list does not name; says which. */
    NOT_LISTED,
    /** A file is not there that the list names; says which. */
    MISSING,
    /** A file has another length or digest than the list says; says which. */
    DAMAGED,
    /** A file is another bundle than the list says; says which, what is listed and what it is. */
    OTHER_BUNDLE,
    /** A fragment, which changes other bundles; says which. */
    FRAGMENT,
    /** An older version than the installed one; says which bundle, the listed and the installed version. */
    OLDER,
    /** A bundle is installed more than once; says which. */
    AMBIGUOUS,
    /** Not one of the list's bundles is installed here. */
    NOTHING_OF_IT,
    /** Would refresh the updater itself; says which bundles do. */
    BELOW_UPDATER,
    /** Would refresh bundles of the host, which nobody expects of the backup's update; says which. */
    BELOW_HOST,
    /** Another update is under way. */
    BUSY,
    /** Something of the backup is under way, and did not end in time; says how many minutes that was. */
    RUN_UNDER_WAY,
    /** An earlier update could not be taken back; says why. */
    UNFINISHED,
    /** What is installed could not be kept; says the system's words. */
    NOT_KEPT
}
