package de.joecash.backup.destination.file.internal;

/**
 * Which files go onto a medium in volumes, and how long these are.
 *
 * @param configured bytes; 0 where only files go so that the medium's format cannot hold in one piece
 */
record VolumeSize(long configured) {
    private static final long ON_FAT = 2L << 30;

    /** Checks the range. */
    VolumeSize {
        if (configured < 0) {
            throw new IllegalArgumentException("A negative length");
        }
    }

    static VolumeSize ofMegabytes(int megabytes) {
        return new VolumeSize((long) megabytes << 20);
    }

    /**
     * Gives the length of each volume but the last, of a file of this length.
     *
     * @return the file's own where it goes in one piece
     */
    long of(Medium medium, long length) {
        long most = configured > 0 ? Math.min(configured, medium.maxFileBytes()) : medium.maxFileBytes();
        if (length <= most) {
            return length;
        }
        return Math.max(configured > 0 ? most : ON_FAT, (length - 1) / Volumes.MOST + 1);
    }

    /** The longest file that can be had so. */
    static long longest(Medium medium) {
        long volume = medium.maxFileBytes();
        return volume > Long.MAX_VALUE / Volumes.MOST ? Long.MAX_VALUE : volume * Volumes.MOST;
    }
}
