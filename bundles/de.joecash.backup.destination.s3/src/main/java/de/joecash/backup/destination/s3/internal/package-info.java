/** The destination for an S3-compatible object store. */
package de.joecash.backup.destination.s3.internal;
