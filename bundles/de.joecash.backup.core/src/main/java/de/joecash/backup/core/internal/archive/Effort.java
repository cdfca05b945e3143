package de.joecash.backup.core.internal.archive;

import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * How hard members are deflated.
 *
 * @param level the level throughout, so that equal content gives equal bytes; or empty for as hard as leaves the dump
 *     no reason to wait
 * @param hurried whether processor time is short at present: then, where the level is not fixed, as fast as can be;
 *     asked once for each member
 */
public record Effort(OptionalInt level, BooleanSupplier hurried) {
    private static final int HARDEST = 9;

    /**
     * Checks the level.
     *
     * @throws IllegalArgumentException if it is not one of 1 to 9
     */
    public Effort {
        if (level.isPresent() && (level.getAsInt() < 1 || level.getAsInt() > HARDEST)) {
            throw new IllegalArgumentException("No level: " + level.getAsInt());
        }
    }

    /** As hard as leaves the dump no reason to wait. */
    public static Effort keepUp() {
        return new Effort(OptionalInt.empty(), () -> false);
    }

    /** One level throughout. */
    public static Effort fixed(int level) {
        return new Effort(OptionalInt.of(level), () -> false);
    }

    /** The same, hurried at times. */
    public Effort hurriedWhen(BooleanSupplier scarce) {
        return new Effort(level, scarce);
    }

    Choice choice(Codec codec) {
        return new Choice(codec.levels());
    }

    /** Chooses a level for one member after the other. Not thread-safe. */
    final class Choice {
        /** Members in a row for which nobody waited until a harder level is tried. */
        private static final int CALM = 12;

        private final int[] levels;
        private int at;
        private int calm;

        private Choice(int[] levels) {
            this.levels = levels;
            this.at = levels.length - 1;
        }

        /**
         * Chooses the next member's level.
         *
         * @param waited whether the dump waited for the workers since the last one
         */
        int next(boolean waited) {
            if (waited || hurried.getAsBoolean()) {
                calm = 0;
                at = Math.min(levels.length - 1, at + 1);
            } else if (++calm >= CALM) {
                calm = 0;
                at = Math.max(0, at - 1);
            }
            return level.orElse(levels[at]);
        }
    }
}
