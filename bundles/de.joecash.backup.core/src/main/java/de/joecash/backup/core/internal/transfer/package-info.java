/** The way out of the shop: the queue on disk, its delays, and one delivery at a time for each destination. */
package de.joecash.backup.core.internal.transfer;
