package de.joecash.backup.destination.ftp.internal;

/** How far a copy is compared before it is published. */
enum Verify {
    /** Every byte: by the server's own SHA-256 where it offers that, else by reading all of it back. */
    FULL,
    /** Its length, and its first, last and some random pieces. */
    SAMPLE
}
