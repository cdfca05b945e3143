/** What the till is doing right now, so that plug-ins keep out of its way, and what it has sold. */
@Export
@Version("1.1.0")
package de.joecash.pos.activity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
