/** The till itself: an H2 database that is seeded once, sells on and on, and can be swapped for a restored one. */
package de.joecash.pos.reference.internal.till;
