import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Copies a file to a medium by our destination, and prints the seconds that took, the start of this process left out,
 * as a till's runs already. Run by {@code copy-to-stick}; arguments: the medium, a small file to
 * begin with, the file.
 */
final class CopyToStick {
    private record Stored(Path path) implements Destination.Content {
        @Override
        public long bytes() {
            try {
                return Files.size(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }
    }

    public static void main(String[] arguments) throws Exception {
        InvocationHandler defaults = (proxy, method, none) -> method.getDefaultValue();
        String internal = "de.joecash.backup.destination.file.internal.";
        Class<?> configuration = Class.forName(internal + "FolderConfiguration");
        DestinationProvider provider = (DestinationProvider) Class.forName(internal + "FolderProvider")
                .getConstructor(configuration)
                .newInstance(Proxy.newProxyInstance(
                        configuration.getClassLoader(), new Class<?>[] {configuration}, defaults));
        try (Destination stick = provider.connect(arguments[0], List.of(), new Cancellation())) {
            for (int i = 0; i < 20; i++) {
                stick.put("small.gz", new Stored(Path.of(arguments[1])), sent -> {});
                stick.delete("small.gz");
            }
            long start = System.nanoTime();
            stick.put("large.gz", new Stored(Path.of(arguments[2])), sent -> {});
            System.out.printf(Locale.ROOT, "%.3f%n", (System.nanoTime() - start) / 1e9);
            stick.delete("large.gz");
        }
    }
}
