/**
 * A bundle set as the vendor hands it out: a zip file that is hostile until its list, and all that it lists, is proven.
 */
package de.joecash.backup.update.internal.set;
