/** What front ends use: ask for backups, list, verify, send and restore them, and see how safe the data is. */
@Export
@Version("1.7.0")
package de.joecash.backup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
