/** Which backups are kept in the backup folder. */
package de.joecash.backup.core.internal.retention;
