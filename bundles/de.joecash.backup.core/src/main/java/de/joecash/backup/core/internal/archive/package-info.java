/** The archive: content in, one standard gzip file of many members out, and back. Plain Java, no OSGi. */
package de.joecash.backup.core.internal.archive;
