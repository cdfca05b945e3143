package de.joecash.pos.reference.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Tells requests of our own pages from those that another site made the browser send. */
final class SameOrigin {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private SameOrigin() {}

    /** Reading is open to all; whoever changes something must come from our own page. */
    static boolean allows(HttpServletRequest request) {
        if (READING.contains(request.getMethod())) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            return false;
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return site != null;
        }
        String host = request.getHeader("Host");
        return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }
}
