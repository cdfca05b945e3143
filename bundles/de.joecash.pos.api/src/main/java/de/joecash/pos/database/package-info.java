/** The till's database, handed to plug-ins that read it or put a restored one in its place. */
@Export
@Version("1.1.0")
package de.joecash.pos.database;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
