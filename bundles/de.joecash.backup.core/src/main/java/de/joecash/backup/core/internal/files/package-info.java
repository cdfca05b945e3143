/** Folders as tar files and back: what is in them, what may be in them, and how one takes another's place. */
package de.joecash.backup.core.internal.files;
