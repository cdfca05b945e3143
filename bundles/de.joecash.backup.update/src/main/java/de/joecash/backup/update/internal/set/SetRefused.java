package de.joecash.backup.update.internal.set;

import java.util.List;

/** A set is not installed, and nothing was changed. */
public final class SetRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final transient List<Object> arguments;

    /**
     * Refuses.
     *
     * @param arguments for the words, as the refusal says
     */
    public SetRefused(Refusal refusal, Object... arguments) {
        this(null, refusal, arguments);
    }

    /** As above, where something else was the cause. */
    public SetRefused(Throwable cause, Refusal refusal, Object... arguments) {
        super(refusal + " " + List.of(arguments), cause);
        this.refusal = refusal;
        this.arguments = List.of(arguments);
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }

    /** What its words need. */
    public Object[] arguments() {
        return arguments.toArray();
    }
}
