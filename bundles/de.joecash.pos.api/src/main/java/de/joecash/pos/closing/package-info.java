/** The end of the business day and of the machine's, announced to plug-ins. */
@Export
@Version("1.0.0")
package de.joecash.pos.closing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
