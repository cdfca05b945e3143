/** The source for a MariaDB server, by its own tools {@code mariadb-dump} and {@code mariadb}. */
package de.joecash.backup.source.mariadb.internal;
