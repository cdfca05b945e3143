/** A Linux kernel of its own that runs as a process: real vfat, and disks that lie, fail and lose their power. */
package de.joecash.itests.guest;
