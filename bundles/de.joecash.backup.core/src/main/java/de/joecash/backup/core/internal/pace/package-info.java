/** How fast a backup may be, so that the till does not feel it. Pure Java: time, load and the host are given. */
package de.joecash.backup.core.internal.pace;
