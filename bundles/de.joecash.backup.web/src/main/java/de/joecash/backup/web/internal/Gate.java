package de.joecash.backup.web.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Lets through what our own page sends. A page of another site can neither set {@link #MARK} nor send JSON without the
 * server's leave, and the browser itself says where a request comes from: by Fetch Metadata (W3C) on a secure
 * connection, else by Origin (RFC 6454).
 */
final class Gate {
    static final String MARK = "X-JoeCash";

    private Gate() {}

    /**
     * Judges a request for JSON.
     *
     * @param method of HTTP
     * @param header gives a header's value, or {@code null}
     * @return why it is refused, or empty
     */
    static Optional<Refusal> judge(String method, UnaryOperator<String> header) {
        if (method.equals("GET")) {
            String site = header.apply("Sec-Fetch-Site");
            boolean own = site == null || site.equals("same-origin") || site.equals("none");
            return own ? Optional.empty() : Optional.of(Refusal.FOREIGN);
        }
        if (!sameOrigin(header) || !"1".equals(header.apply(MARK))) {
            return Optional.of(Refusal.FOREIGN);
        }
        return json(header.apply("Content-Type")) ? Optional.empty() : Optional.of(Refusal.NOT_JSON);
    }

    private static boolean sameOrigin(UnaryOperator<String> header) {
        String site = header.apply("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = header.apply("Origin");
        String host = header.apply("Host");
        if (origin == null || host == null) {
            return false;
        }
        try {
            return host.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean json(String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
