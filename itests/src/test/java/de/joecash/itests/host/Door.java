package de.joecash.itests.host;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.servlet.context.ServletContextHelper;

/** The back office's door, which the pages ask of a host: who is logged in comes in, and may do everything. */
public final class Door implements BundleActivator {
    /** Answers with the cookie of who is logged in. */
    static final String LOGIN = "/pos/api/login";

    /** Answers with every bundle of the framework: name, version and state. */
    static final String BUNDLES = "/pos/api/bundles";

    private static final String WHITEBOARD = "osgi.http.whiteboard.";
    private static final String SELECT = WHITEBOARD + "context.select";
    private static final String BACK_OFFICE = "(" + WHITEBOARD + "context.name=backoffice)";
    private static final String SESSION = "session=open";

    @Override
    public void start(BundleContext context) {
        context.registerService(
                ServletContextHelper.class,
                new LoggedIn(),
                FrameworkUtil.asDictionary(
                        Map.of(WHITEBOARD + "context.name", "backoffice", WHITEBOARD + "context.path", "/")));
        context.registerService(
                Filter.class,
                new Roles(),
                FrameworkUtil.asDictionary(Map.of(
                        WHITEBOARD + "filter.pattern",
                        "/*",
                        WHITEBOARD + "filter.asyncSupported",
                        true,
                        SELECT,
                        BACK_OFFICE)));
        serve(context, BUNDLES, new Bundles(context));
        // Last: whoever can log in finds everything.
        serve(context, LOGIN, new Login());
    }

    private static void serve(BundleContext context, String path, Servlet servlet) {
        context.registerService(
                Servlet.class,
                servlet,
                FrameworkUtil.asDictionary(Map.of(WHITEBOARD + "servlet.pattern", path, SELECT, BACK_OFFICE)));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws what was registered.
    }

    private static final class LoggedIn extends ServletContextHelper {
        @Override
        public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response) {
            if (request.getRequestURI().equals(LOGIN) || SESSION.equals(request.getHeader("Cookie"))) {
                return true;
            }
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return false;
        }
    }

    private static final class Roles extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public boolean isUserInRole(String role) {
                            return true;
                        }
                    },
                    response);
        }
    }

    private static final class Login extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            response.setHeader("Set-Cookie", SESSION + "; Path=/; HttpOnly; SameSite=Strict");
        }
    }

    private static final class Bundles extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient BundleContext context;

        Bundles(BundleContext context) {
            this.context = context;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json; charset=utf-8");
            response.getWriter()
                    .write(Stream.of(context.getBundles())
                            .map(Bundles::line)
                            .collect(Collectors.joining("\",\"", "[\"", "\"]")));
        }

        private static String line(Bundle bundle) {
            boolean fragment = bundle.getHeaders("").get("Fragment-Host") != null;
            return bundle.getSymbolicName() + " " + bundle.getVersion() + " "
                    + (bundle.getState() == Bundle.ACTIVE || fragment ? "ACTIVE" : bundle.getState());
        }
    }
}
