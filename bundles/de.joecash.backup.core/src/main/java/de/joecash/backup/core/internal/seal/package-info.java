/**
 * Who can read what leaves the server, and who made it: sealing to recipients by age, and the till's signing key. Knows
 * nothing of archives and manifests.
 */
package de.joecash.backup.core.internal.seal;
