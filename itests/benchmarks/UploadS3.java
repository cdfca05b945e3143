import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Sends a file to an S3 store by our destination and prints the seconds that took, the start of this process left out, as
 * a till's runs already. Run by {@code upload-s3}; arguments: endpoint, bucket, access key, a file with the secret key,
 * MiB of a part, a small file to begin with, the file, the name it gets.
 */
final class UploadS3 {
    private record Sent(Path path) implements Destination.Content {
        @Override
        public long bytes() {
            try {
                return Files.size(path);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Object> values = Map.of(
                "id", "store",
                "endpoint", arguments[0],
                "allowCleartext", true,
                "bucket", arguments[1],
                "accessKey", arguments[2],
                "_secretKey", Files.readString(Path.of(arguments[3])).strip(),
                "partMegabytes", Integer.parseInt(arguments[4]));
        InvocationHandler given =
                (proxy, method, none) -> values.getOrDefault(method.getName(), method.getDefaultValue());
        String internal = "de.joecash.backup.destination.s3.internal.";
        Class<?> configuration = Class.forName(internal + "BucketConfiguration");
        DestinationProvider provider = (DestinationProvider) Class.forName(internal + "S3Provider")
                .getConstructor(configuration)
                .newInstance(Proxy.newProxyInstance(
                        configuration.getClassLoader(), new Class<?>[] {configuration}, given));
        try (Destination destination = provider.connect("ours", List.of(), new Cancellation())) {
            destination.put("small-" + arguments[7], new Sent(Path.of(arguments[5])), sent -> {});
            long start = System.nanoTime();
            destination.put(arguments[7], new Sent(Path.of(arguments[6])), sent -> {});
            System.out.printf(java.util.Locale.ROOT, "%.3f%n", (System.nanoTime() - start) / 1e9);
        }
    }
}
