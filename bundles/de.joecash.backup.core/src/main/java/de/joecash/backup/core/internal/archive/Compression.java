package de.joecash.backup.core.internal.archive;

/**
 * How members are made.
 *
 * @param workers do the work
 * @param codec deflates
 * @param effort how hard
 */
public record Compression(Workers workers, Codec codec, Effort effort) {}
