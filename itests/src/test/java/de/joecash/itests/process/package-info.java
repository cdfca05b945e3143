/** The runnable jar as its users have it: a process of its own, asked through its back office and its shell. */
package de.joecash.itests.process;
