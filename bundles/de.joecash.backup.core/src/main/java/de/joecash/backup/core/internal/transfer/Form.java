package de.joecash.backup.core.internal.transfer;

/** How an archive lies at a place. */
enum Form {
    /** Every member in one file. */
    FULL(""),
    /** Only the members that were not there yet; the others lie in files that were stored before. */
    PACK(".pack");

    private final String ending;

    Form(String ending) {
        this.ending = ending;
    }

    /** What stands in a stored file's name before the ending of gzip. */
    String ending() {
        return ending;
    }
}
