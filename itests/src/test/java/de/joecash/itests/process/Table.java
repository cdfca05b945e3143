package de.joecash.itests.process;

/**
 * What is in a table.
 *
 * @param rows how many
 * @param checksum of all rows, in whatever order they come
 */
record Table(long rows, String checksum) {}
