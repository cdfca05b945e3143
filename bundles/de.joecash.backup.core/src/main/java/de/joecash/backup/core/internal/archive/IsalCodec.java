package de.joecash.backup.core.internal.archive;

import com.intel.gkl.compression.IntelDeflater;
import com.intel.gkl.compression.IntelInflater;
import java.util.zip.DataFormatException;

/**
 * Intel's ISA-L by way of the Genomics Kernel Library, on x86-64: level 1 is ISA-L's, several times as fast as zlib;
 * the others are left to the JDK's zlib. Its inflater does not tell where the data end: it is for members whose stored
 * bytes are known to be those that were proven before.
 */
final class IsalCodec implements Codec {
    private static final int FAST = 1;

    IsalCodec() {
        if (!new IntelDeflater().load(null) || !new IntelInflater().load(null)) {
            throw new UnsatisfiedLinkError("no library for this machine");
        }
    }

    @Override
    public String name() {
        return "isal";
    }

    @Override
    public int[] levels() {
        return new int[] {6, 5, 4, FAST};
    }

    @Override
    public Deflating deflater(int level) {
        return level == FAST ? new IsalDeflating() : new JdkCodec().deflater(level);
    }

    @Override
    public Inflating inflater() {
        return new IsalInflating();
    }

    /** The library takes and gives whole arrays only. */
    private static final class IsalDeflating implements Deflating {
        private final byte[] scratch = new byte[MemberFormat.MAX_STORED];
        private final JdkCodec.ZlibDeflating whole =
                new JdkCodec.ZlibDeflating(new IntelDeflater(FAST, true), MemberFormat.MAX_STORED);

        @Override
        public int deflate(byte[] content, int length, byte[] into, int offset) {
            int count = whole.deflate(content, length, scratch, 0);
            if (count < 0 || count > into.length - offset) {
                return -1;
            }
            System.arraycopy(scratch, 0, into, offset, count);
            return count;
        }

        @Override
        public void close() {
            whole.close();
        }
    }

    /** The library throws what it likes at data that are none. */
    private static final class IsalInflating implements Inflating {
        private final JdkCodec.ZlibInflating whole = new JdkCodec.ZlibInflating(new IntelInflater(true));

        @Override
        public void inflate(byte[] data, int offset, int length, byte[] into, int expected) throws DataFormatException {
            try {
                whole.inflate(data, offset, length, into, expected);
            } catch (RuntimeException e) {
                DataFormatException damaged = new DataFormatException(e.getMessage());
                damaged.initCause(e);
                throw damaged;
            }
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
