/**
 * What every way out to a server checks, for a server may be somebody else's: settings, directories, names, lists,
 * certificates. No bundle of its own: each destination at a server has a copy.
 */
package de.joecash.backup.remote;
