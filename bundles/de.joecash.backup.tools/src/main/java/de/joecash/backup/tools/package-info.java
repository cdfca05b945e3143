/**
 * Databases that are dumped and restored by their own tools: these are found, started as child processes, watched and
 * ended. No bundle of its own: each source of such a database has a copy.
 */
package de.joecash.backup.tools;
