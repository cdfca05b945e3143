/** Makes bundle sets, on the vendor's machine: needs nothing but a JRE and this bundle. */
package de.joecash.backup.update.internal.vendor;
