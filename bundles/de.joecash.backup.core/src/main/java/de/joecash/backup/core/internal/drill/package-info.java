/** When drills are made by themselves, and what they have shown. */
package de.joecash.backup.core.internal.drill;
