/** The archive on a command line, without a till: for the worst day, and for measuring. */
package de.joecash.backup.core.internal.command;
