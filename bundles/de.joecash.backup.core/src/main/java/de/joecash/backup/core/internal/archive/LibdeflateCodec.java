package de.joecash.backup.core.internal.archive;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The system's libdeflate by foreign functions (JEP 454), on Java 22 and newer: harder than ISA-L at nearly its speed,
 * on any processor. Reached by reflection, because this is compiled for Java 17. What it made is inflated by the JDK.
 */
final class LibdeflateCodec implements Codec {
    private static final String LIBRARY = "libdeflate.so.0";

    private final Foreign foreign;
    private final MethodHandle allocate;
    private final MethodHandle compress;
    private final MethodHandle free;

    /**
     * Looks for the library.
     *
     * @throws UnsatisfiedLinkError if this Java or this system has none
     */
    LibdeflateCodec() {
        try {
            foreign = new Foreign(LIBRARY);
            Object address = foreign.layout("ADDRESS");
            Object number = foreign.layout("JAVA_INT");
            Object size = foreign.layout("JAVA_LONG");
            allocate = foreign.function("libdeflate_alloc_compressor", address, number);
            compress = foreign.function("libdeflate_deflate_compress", size, address, address, size, address, size);
            free = foreign.procedure("libdeflate_free_compressor", address);
        } catch (ReflectiveOperationException e) {
            throw (UnsatisfiedLinkError) new UnsatisfiedLinkError("no libdeflate").initCause(e);
        }
    }

    @Override
    public String name() {
        return "libdeflate";
    }

    @Override
    public int[] levels() {
        return new int[] {6, 4, 2, 1};
    }

    @Override
    public Deflating deflater(int level) {
        return new NativeDeflating(level);
    }

    @Override
    public Inflating inflater() {
        return new JdkCodec().inflater();
    }

    private final class NativeDeflating implements Deflating {
        private final AutoCloseable arena;
        private final Object compressor;
        private final Object content;
        private final Object data;

        NativeDeflating(int level) {
            try {
                arena = foreign.arena();
                content = foreign.allocate(arena, Cutter.MAX);
                data = foreign.allocate(arena, MemberFormat.MAX_STORED);
                compressor = call(allocate, level);
                // Whoever handed that on would end the whole process.
                if (foreign.isNull(compressor)) {
                    arena.close();
                    throw new IllegalStateException("libdeflate has no memory for level " + level);
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int deflate(byte[] bytes, int length, byte[] into, int offset) {
            long room = Math.min(into.length - offset, MemberFormat.MAX_STORED);
            foreign.write(bytes, length, content);
            long count = (long) call(compress, compressor, content, (long) length, data, room);
            foreign.read(data, into, offset, (int) count);
            return count == 0 ? -1 : (int) count;
        }

        @Override
        public void close() {
            call(free, compressor);
            try {
                arena.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** As much of {@code java.lang.foreign} as this needs. */
    private static final class Foreign {
        private final Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        private final Class<?> arena = Class.forName("java.lang.foreign.Arena");
        private final Class<?> layout = Class.forName("java.lang.foreign.MemoryLayout");
        private final Class<?> descriptor = Class.forName("java.lang.foreign.FunctionDescriptor");
        private final Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
        private final Class<?> option = Class.forName("java.lang.foreign.Linker$Option");
        private final Class<?> lookupType = Class.forName("java.lang.foreign.SymbolLookup");
        private final Object linker = linkerType.getMethod("nativeLinker").invoke(null);
        private final Object lookup;
        private final Method copyIn;
        private final Method copyOut;

        Foreign(String library) throws ReflectiveOperationException {
            Object global = arena.getMethod("global").invoke(null);
            lookup = lookupType.getMethod("libraryLookup", String.class, arena).invoke(null, library, global);
            Class<?> valueLayout = Class.forName("java.lang.foreign.ValueLayout");
            copyIn = segment.getMethod("copy", Object.class, int.class, segment, valueLayout, long.class, int.class);
            copyOut = segment.getMethod("copy", segment, valueLayout, long.class, Object.class, int.class, int.class);
        }

        Object layout(String name) throws ReflectiveOperationException {
            return Class.forName("java.lang.foreign.ValueLayout").getField(name).get(null);
        }

        MethodHandle function(String name, Object result, Object... arguments) throws ReflectiveOperationException {
            Object described =
                    descriptor.getMethod("of", layout, layouts().getClass()).invoke(null, result, layouts(arguments));
            return handle(name, described);
        }

        MethodHandle procedure(String name, Object... arguments) throws ReflectiveOperationException {
            return handle(
                    name,
                    descriptor.getMethod("ofVoid", layouts().getClass()).invoke(null, (Object) layouts(arguments)));
        }

        private MethodHandle handle(String name, Object described) throws ReflectiveOperationException {
            // Not findOrThrow, which came with Java 23.
            Optional<?> found =
                    (Optional<?>) lookupType.getMethod("find", String.class).invoke(lookup, name);
            Object symbol = found.orElseThrow(() -> new NoSuchMethodException(name));
            Object none = Array.newInstance(option, 0);
            return (MethodHandle) linkerType
                    .getMethod("downcallHandle", segment, descriptor, none.getClass())
                    .invoke(linker, symbol, described, none);
        }

        private Object[] layouts(Object... arguments) {
            Object[] layouts = (Object[]) Array.newInstance(layout, arguments.length);
            List<Object> all = Arrays.asList(arguments);
            return all.toArray(layouts);
        }

        AutoCloseable arena() throws ReflectiveOperationException {
            return (AutoCloseable) arena.getMethod("ofShared").invoke(null);
        }

        Object allocate(AutoCloseable from, long bytes) throws ReflectiveOperationException {
            return Class.forName("java.lang.foreign.SegmentAllocator")
                    .getMethod("allocate", long.class)
                    .invoke(from, bytes);
        }

        boolean isNull(Object address) throws ReflectiveOperationException {
            return (long) segment.getMethod("address").invoke(address) == 0;
        }

        void write(byte[] bytes, int length, Object into) {
            try {
                copyIn.invoke(null, bytes, 0, into, layout("JAVA_BYTE"), 0L, length);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        void read(Object from, byte[] into, int offset, int length) {
            try {
                copyOut.invoke(null, from, layout("JAVA_BYTE"), 0L, into, offset, length);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
