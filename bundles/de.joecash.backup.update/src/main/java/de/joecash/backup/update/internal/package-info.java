/** The command {@code backup:update}, its configuration and its words. */
package de.joecash.backup.update.internal;
