/** Runs: what the core does on its own threads, one at a time, watched and cancelled from outside. */
package de.joecash.backup.core.internal.run;
