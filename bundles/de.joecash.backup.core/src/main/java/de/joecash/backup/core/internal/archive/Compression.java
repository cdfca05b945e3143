package de.joecash.backup.core.internal.archive;

import java.util.function.BooleanSupplier;

/**
 * How members are made.
 *
 * @param workers do the work
 * @param codec deflates
 * @param effort how hard
 */
public record Compression(Workers workers, Codec codec, Effort effort) {
    /** The same, hurried at times; see {@link Effort#hurried}. */
    public Compression hurriedWhen(BooleanSupplier scarce) {
        return new Compression(workers, codec, effort.hurriedWhen(scarce));
    }
}
