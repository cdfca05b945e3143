package de.joecash.backup.web.internal;

import java.io.InputStream;

/**
 * A file that is handed out.
 *
 * @param name of the file, of letters, digits, hyphens and dots
 * @param bytes how long it is
 * @param content to be closed
 */
record Download(String name, long bytes, InputStream content) {}
