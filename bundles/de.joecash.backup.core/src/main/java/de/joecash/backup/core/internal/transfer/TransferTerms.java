package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.seal.KeyDesk;

/**
 * How backups are sent.
 *
 * @param settings as configured
 * @param keys say whether they are sealed, and to whom, at each attempt
 */
public record TransferTerms(TransferSettings settings, KeyDesk keys) {}
