package de.joecash.pos.reference.internal.web;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The host's own pages and their JSON. Everything in the back office that belongs to no plug-in comes here. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=backoffice)")
public final class BackOfficeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_BODY = 16_384;

    private final transient Api api;
    private final transient Sessions sessions;
    private final transient Gson gson = new Gson();

    /**
     * Takes what answers.
     *
     * @param api the pages' questions
     * @param sessions who is logged in
     */
    @Activate
    public BackOfficeServlet(@Reference Api api, @Reference Sessions sessions) {
        this.api = api;
        this.sessions = sessions;
    }

    private record Login(String user, String password) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Locale locale = Texts.locale(request);
        String address = request.getRequestURI();
        Optional<StaticFiles.StaticFile> file = StaticFiles.at(address);
        if (file.isPresent()) {
            send(response, 200, file.get().type(), file.get().bytes());
            return;
        }
        switch (address) {
            case Api.TEXTS -> json(response, 200, Texts.all(locale));
            case Api.OVERVIEW -> json(response, 200, api.overview(locale));
            case Api.SETTINGS -> json(response, 200, api.settings(locale));
            default -> plain(response, HttpServletResponse.SC_NOT_FOUND, Texts.text(locale, "problem.not-found"));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Locale locale = Texts.locale(request);
        if (!"1".equals(request.getHeader("X-JoeCash"))) {
            plain(response, HttpServletResponse.SC_FORBIDDEN, Texts.text(locale, "problem.request"));
            return;
        }
        boolean forAdministrators = Set.of(Api.SETTINGS, Api.LICENCE).contains(request.getRequestURI());
        if (forAdministrators && !request.isUserInRole("administrator")) {
            json(response, 403, new Api.Words(Texts.text(locale, "problem.role")));
            return;
        }
        try {
            switch (request.getRequestURI()) {
                case Api.LOGIN -> logIn(body(request, Login.class), response, locale);
                case Api.LOGOUT -> logOut(request, response);
                case Api.SETTINGS -> reply(response, api.change(body(request, Api.SettingsChange.class), locale));
                case Api.LICENCE -> reply(response, api.turn(body(request, Api.LicenceChange.class), locale));
                default -> plain(response, HttpServletResponse.SC_NOT_FOUND, Texts.text(locale, "problem.not-found"));
            }
        } catch (JsonParseException e) {
            json(response, 400, new Api.Words(Texts.text(locale, "problem.request")));
        }
    }

    private <T> T body(HttpServletRequest request, Class<T> type) throws IOException {
        String content = request.getContentType();
        if (content == null || !content.startsWith("application/json")) {
            throw new JsonParseException("Not JSON");
        }
        byte[] bytes = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            throw new JsonParseException("Too long");
        }
        return gson.fromJson(new String(bytes, StandardCharsets.UTF_8), type);
    }

    private void logIn(Login login, HttpServletResponse response, Locale locale) throws IOException {
        if (login == null || login.user() == null || login.password() == null) {
            json(response, 400, new Api.Words(Texts.text(locale, "problem.request")));
        } else if (sessions.locked()) {
            json(response, 429, new Api.Words(Texts.text(locale, "problem.too-many-logins")));
        } else {
            Optional<String> token = sessions.open(login.user(), login.password());
            token.ifPresent(text -> SessionCookie.set(response, text));
            if (token.isPresent()) {
                json(response, 200, Map.of());
            } else {
                json(response, 422, new Api.Words(Texts.text(locale, "problem.login")));
            }
        }
    }

    private void logOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SessionCookie.token(request).ifPresent(sessions::close);
        SessionCookie.remove(response);
        json(response, 200, Map.of());
    }

    private void reply(HttpServletResponse response, Api.Reply reply) throws IOException {
        json(response, reply.status(), reply.body());
    }

    private void json(HttpServletResponse response, int status, Object body) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        send(
                response,
                status,
                "application/json; charset=utf-8",
                gson.toJson(body).getBytes(StandardCharsets.UTF_8));
    }

    private static void plain(HttpServletResponse response, int status, String text) throws IOException {
        send(response, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpServletResponse response, int status, String type, byte[] bytes) throws IOException {
        if (!response.containsHeader("Cache-Control")) {
            response.setHeader("Cache-Control", "no-cache");
        }
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
