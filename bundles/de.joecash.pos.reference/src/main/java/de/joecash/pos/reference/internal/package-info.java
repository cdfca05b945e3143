/** What the parts of the reference host share: its data directory and files that survive a power cut. */
package de.joecash.pos.reference.internal;
