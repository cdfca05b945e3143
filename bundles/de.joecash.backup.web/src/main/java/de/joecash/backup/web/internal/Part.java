package de.joecash.backup.web.internal;

/**
 * Part of the list.
 *
 * @param only which sort of backups
 * @param from how many of them are passed over
 */
record Part(Sort only, int from) {}
