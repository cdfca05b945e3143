/** Folders of the till whose files belong to its data, so that plug-ins keep them with its database. */
@Export
@Version("1.0.0")
package de.joecash.pos.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
