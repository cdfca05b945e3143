/** What the parts of the archive cost, for JMH. */
package de.joecash.benchmarks;
