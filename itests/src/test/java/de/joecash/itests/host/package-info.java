/** What a vendor brings to a host that is not his: runs as a bundle of its own inside of that host. */
package de.joecash.itests.host;
