package de.joecash.backup.core.internal.archive;

/** The JDK's, by another name; a test changes what it is about. */
public class RenamedJdkCodec implements Codec {
    private final Codec jdk = Codecs.jdk();

    @Override
    public final String name() {
        return "renamed";
    }

    @Override
    public final int[] levels() {
        return jdk.levels();
    }

    @Override
    public Deflating deflater(int level) {
        return jdk.deflater(level);
    }

    @Override
    public Inflating inflater() {
        return jdk.inflater();
    }
}
