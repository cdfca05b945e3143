/** Files that a power cut leaves whole. */
package de.joecash.backup.core.internal.disk;
