package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Copy;

/**
 * What was stored at a place for a backup.
 *
 * @param name the file with the database
 * @param bytes the length of all that was stored for it but manifest and note
 * @param proof how far it was proven
 */
record Sent(String name, long bytes, Copy.Proof proof) {}
