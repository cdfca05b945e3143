/** The till itself: a database that is seeded once, sells on and on, and can be swapped for a restored one. */
package de.joecash.pos.reference.internal.till;
