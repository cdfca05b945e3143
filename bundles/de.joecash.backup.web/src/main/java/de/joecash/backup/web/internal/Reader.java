package de.joecash.backup.web.internal;

/**
 * Who asks.
 *
 * @param texts in his language
 * @param role what he may do
 */
record Reader(Texts texts, Role role) {}
