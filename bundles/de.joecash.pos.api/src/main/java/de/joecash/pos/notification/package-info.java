/** What plug-ins tell the shop's people who are not looking. */
@Export
@Version("1.0.0")
package de.joecash.pos.notification;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
