package de.joecash.backup.source.postgresql.internal;

import de.joecash.pos.database.Credentials;

/**
 * One database and who may open it.
 *
 * @param address where it is
 * @param credentials user and password
 */
record Login(ServerAddress address, Credentials credentials) {}
