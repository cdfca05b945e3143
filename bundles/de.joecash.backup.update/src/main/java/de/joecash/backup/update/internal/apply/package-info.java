/** Replaces bundles in the framework, looks whether they come up, and puts the old ones back where not. */
package de.joecash.backup.update.internal.apply;
