/** A made-up till of any size, for databases to be dumped from. */
package de.joecash.benchmarks.till;
