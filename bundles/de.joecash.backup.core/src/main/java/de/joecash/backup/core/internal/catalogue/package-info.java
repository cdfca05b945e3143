/** The backup folder and what is known of the backups in it. The folder is the catalogue: there is no second truth. */
package de.joecash.backup.core.internal.catalogue;
