package de.joecash.backup.core.internal.seal;

import java.io.IOException;

/** What was to be opened cannot be. Says nothing of the key. */
public final class SealException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** It does not begin like a file of age v1. */
        NOT_SEALED,
        /**
         * It is sealed, but not to this key. A change to the line that is meant for this key looks the same: nobody can
         * check the header without what that line holds.
         */
        OTHER_KEY,
        /** Bytes were changed. */
        CHANGED,
        /** The last 64 KiB are not whole: cut off, or changed there, which cannot be told apart. */
        END_MISSING
    }

    private final Reason reason;

    SealException(Reason reason, Throwable cause) {
        super(
                switch (reason) {
                    case NOT_SEALED -> "not an encrypted file";
                    case OTHER_KEY -> "encrypted for another key";
                    case CHANGED -> "encrypted bytes were changed";
                    case END_MISSING -> "the encrypted end is missing or was changed";
                },
                cause);
        this.reason = reason;
    }

    /** Why not. */
    public Reason reason() {
        return reason;
    }

    /** Whether another key may open it; else it is damaged, whatever the key. */
    public boolean otherKey() {
        return reason == Reason.OTHER_KEY;
    }
}
