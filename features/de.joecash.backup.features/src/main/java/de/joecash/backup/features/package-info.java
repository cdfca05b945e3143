/** The feature descriptors of what is shipped, read from their JSON. */
package de.joecash.backup.features;
