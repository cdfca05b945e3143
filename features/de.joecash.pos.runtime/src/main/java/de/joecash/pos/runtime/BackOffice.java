package de.joecash.pos.runtime;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Finds out where the back office answers. */
final class BackOffice {
    /** OSGi Compendium 8.1, 142.9 (Jakarta Whiteboard, endpoints of the runtime service). */
    private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";

    private static final String ENDPOINT = "osgi.http.endpoint";
    private static final int TIMEOUT_MILLIS = 2_000;

    private final BundleContext context;

    BackOffice(BundleContext context) {
        this.context = context;
    }

    /**
     * Asks for the start page once.
     *
     * @return its address if something there answers, a login page included
     */
    Optional<URI> address() {
        return endpoints().map(URI::create).filter(BackOffice::answers).findFirst();
    }

    private Stream<String> endpoints() {
        try {
            ServiceReference<?>[] runtimes = context.getAllServiceReferences(RUNTIME, null);
            return Stream.ofNullable(runtimes)
                    .flatMap(Stream::of)
                    .map(runtime -> runtime.getProperty(ENDPOINT))
                    .filter(String[].class::isInstance)
                    .flatMap(endpoints -> Stream.of((String[]) endpoints))
                    .filter(endpoint -> endpoint.startsWith("http://127.0.0.1:"));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean answers(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            try {
                int status = connection.getResponseCode();
                return status < HttpURLConnection.HTTP_BAD_REQUEST || status == HttpURLConnection.HTTP_UNAUTHORIZED;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
