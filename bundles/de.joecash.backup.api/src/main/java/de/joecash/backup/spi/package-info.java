/** What sources, destinations and routes implement; only the core calls it. */
@Export
@Version("1.3.0")
package de.joecash.backup.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
