/** The destination for a USB stick or any other mounted folder. */
package de.joecash.backup.destination.file.internal;
