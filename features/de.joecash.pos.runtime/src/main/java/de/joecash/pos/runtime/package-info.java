/** Starts the demo host: one process, one framework, one data directory. */
package de.joecash.pos.runtime;
