/** What the holder of a till has booked, as told by the host's licence manager. */
@Export
@Version("1.0.0")
package de.joecash.pos.entitlement;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
