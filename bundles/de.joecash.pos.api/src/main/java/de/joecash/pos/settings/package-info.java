/** Settings that plug-ins own and the host draws. */
@Export
@Version("1.1.0")
package de.joecash.pos.settings;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
