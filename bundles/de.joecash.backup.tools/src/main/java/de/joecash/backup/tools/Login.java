package de.joecash.backup.tools;

import de.joecash.pos.database.Credentials;

/**
 * One database and who may open it.
 *
 * @param <A> the kind of addresses
 * @param address where it is
 * @param credentials user and password
 */
public record Login<A>(A address, Credentials credentials) {}
