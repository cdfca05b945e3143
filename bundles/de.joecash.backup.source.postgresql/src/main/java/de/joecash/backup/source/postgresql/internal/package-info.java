/** The source for a PostgreSQL server, by its own tools {@code pg_dump} and {@code psql}. */
package de.joecash.backup.source.postgresql.internal;
