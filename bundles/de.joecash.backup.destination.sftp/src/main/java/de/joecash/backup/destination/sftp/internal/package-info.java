/** The destination for an SFTP server. */
package de.joecash.backup.destination.sftp.internal;
