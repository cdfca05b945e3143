/** The till's files: images of receipts, exports of the TSE, settings; made up, and kept by whoever keeps folders. */
package de.joecash.pos.reference.internal.files;
