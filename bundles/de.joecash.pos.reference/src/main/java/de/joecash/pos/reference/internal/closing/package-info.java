/** Tells plug-ins that the business day is closed or the machine shuts down. */
package de.joecash.pos.reference.internal.closing;
