package de.joecash.pos.reference.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;

/**
 * The back office's door. Every page that a plug-in hangs into the context {@code backoffice} stands behind it: only
 * who is logged in comes in, and what changes something must come from a page of this very server.
 */
@Component(service = ServletContextHelper.class)
@HttpWhiteboardContext(name = "backoffice", path = "/")
public final class BackOfficeContext extends ServletContextHelper {
    /** Compared with the address as it was sent, so that no other way of writing it opens anything. */
    private static final Set<String> OPEN = Set.of(
            "/login", "/pos/style.css", "/pos/shared.js", "/pos/login.js", "/pos/icon.svg", Api.LOGIN, Api.TEXTS);

    private final Sessions sessions;

    /**
     * Takes the list of who is logged in.
     *
     * @param sessions knows them
     */
    @Activate
    public BackOfficeContext(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (!SameOrigin.allows(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return false;
        }
        if (OPEN.contains(request.getRequestURI())
                || SessionCookie.token(request).filter(sessions::isOpen).isPresent()) {
            return true;
        }
        askToLogIn(request, response);
        return false;
    }

    private static void askToLogIn(HttpServletRequest request, HttpServletResponse response) {
        boolean page = !request.getRequestURI().contains("/api/");
        if (request.getMethod().equals("GET") && page) {
            String next = URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8);
            response.setHeader("Location", "/login?next=" + next);
            response.setStatus(HttpServletResponse.SC_FOUND);
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    @Override
    public URL getResource(String name) {
        return null;
    }
}
