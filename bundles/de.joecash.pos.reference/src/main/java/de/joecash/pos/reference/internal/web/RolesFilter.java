package de.joecash.pos.reference.internal.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * Tells every page behind the door, the plug-ins' too, who asks and what he may, as the Servlet API has it:
 * {@code getRemoteUser} and {@code isUserInRole}.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterAsyncSupported
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=backoffice)")
public final class RolesFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Sessions sessions;

    /**
     * Takes the list of who is logged in.
     *
     * @param sessions knows them
     */
    @Activate
    public RolesFilter(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<User> user = SessionCookie.token(request).flatMap(sessions::user);
        chain.doFilter(user.isPresent() ? new Known(request, user.get()) : request, response);
    }

    private static final class Known extends HttpServletRequestWrapper {
        private final User user;

        Known(HttpServletRequest request, User user) {
            super(request);
            this.user = user;
        }

        @Override
        public String getRemoteUser() {
            return user.name();
        }

        @Override
        public boolean isUserInRole(String role) {
            return user.role().includes(role);
        }
    }
}
