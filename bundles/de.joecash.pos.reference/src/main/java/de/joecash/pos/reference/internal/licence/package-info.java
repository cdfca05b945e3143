/** The licence manager of the demo: a switch for each feature, kept over restarts. */
package de.joecash.pos.reference.internal.licence;
