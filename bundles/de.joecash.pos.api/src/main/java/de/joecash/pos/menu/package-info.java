/** Entries that plug-ins hang into the host's menu. */
@Export
@Version("1.0.0")
package de.joecash.pos.menu;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
