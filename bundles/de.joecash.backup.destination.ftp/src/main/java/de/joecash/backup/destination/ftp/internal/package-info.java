/** The destination for an FTP server. */
package de.joecash.backup.destination.ftp.internal;
