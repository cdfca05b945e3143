package de.joecash.backup.web.internal;

import com.google.gson.Gson;
import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.BackupService;
import de.joecash.backup.HostSales;
import de.joecash.backup.Media;
import de.joecash.backup.Notifications;
import de.joecash.backup.RetentionSettings;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page Datensicherung and its JSON, within the host's context, which lets only logged-in users through. Gone while
 * there is no backup service; the page in the browser waits for it to come back.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=backoffice)")
@HttpWhiteboardServletPattern("/backup/*")
@HttpWhiteboardServletAsyncSupported
public final class BackupServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger logger = LoggerFactory.getLogger(BackupServlet.class);

    private static final String API = "/api/v1";
    private static final String EVENTS = API + "/events";
    private static final long LISTENING_MILLIS = 60_000;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final int LONGEST_BODY = 4096;
    private static final int LEAST_PACKED = 1024;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final transient Collection<AutomaticRuns> automaticRuns = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final transient Collection<HostSales> hostSales = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final transient Collection<Media> media = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final transient Collection<Notifications> notifications = new CopyOnWriteArrayList<>();

    private final transient Gson gson = new Gson();
    private final transient PageFiles files = new PageFiles();
    private final transient Endpoints endpoints;
    private final transient EventStreams streams;

    /** Serves the pages. */
    @Activate
    public BackupServlet(@Reference BackupService backups, @Reference RetentionSettings retention) {
        endpoints = new Endpoints(
                new Board(
                        backups,
                        retention,
                        new RecentRuns(Clock.systemUTC()),
                        new SoldSince(() -> hostSales.stream().findFirst(), Clock.systemUTC()),
                        new Extras(
                                () -> automaticRuns.stream().findFirst(),
                                () -> media.stream().findFirst(),
                                () -> notifications.stream().findFirst())),
                files.version());
        streams = new EventStreams(
                endpoints::lively,
                reader -> gson.toJson(
                        endpoints.answer("GET", "/state", "", reader).body()));
    }

    /** Lets go of every browser that listens; each comes back by itself. */
    @Deactivate
    void close() {
        streams.close();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        String path = request.getPathInfo();
        Texts texts = Texts.of(Collections.list(request.getLocales()));
        if (path == null) {
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", request.getContextPath() + request.getServletPath() + "/");
        } else if (path.equals(EVENTS) && mayListen(request)) {
            listen(request, response, texts);
        } else if (path.startsWith(API + "/")) {
            send(request, response, json(request, response, path.substring(API.length()), texts));
        } else {
            page(request, response, path, texts);
        }
    }

    private Reply json(HttpServletRequest request, HttpServletResponse response, String path, Texts texts)
            throws IOException {
        String method = request.getMethod();
        Set<String> methods = endpoints.methods(path);
        if (methods.isEmpty()) {
            return Refusal.NOT_FOUND.reply(texts);
        }
        if (!methods.contains(method)) {
            response.setHeader("Allow", String.join(", ", new TreeSet<>(methods)));
            return Refusal.METHOD.reply(texts);
        }
        Optional<Refusal> refused = Gate.judge(method, request::getHeader);
        if (refused.isPresent()) {
            return refused.get().reply(texts);
        }
        byte[] body = asked(request);
        if (body.length > LONGEST_BODY) {
            return Refusal.TOO_LARGE.reply(texts);
        }
        try {
            Reply reply = endpoints.answer(
                    method,
                    path,
                    new String(body, StandardCharsets.UTF_8),
                    new Reader(texts, Role.of(request::isUserInRole)));
            if (!READING.contains(method)) {
                logger.info("{} asked for {}: {}", name(request), path, reply.status());
            }
            return reply;
        } catch (RuntimeException e) {
            logger.error("{} {} went wrong", method, path, e);
            return Refusal.FAULT.reply(texts);
        }
    }

    /** Whether the browser is told by itself; else it is answered as at any address, and asks again and again. */
    private boolean mayListen(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && Gate.judge("GET", request::getHeader).isEmpty()
                && request.isAsyncSupported()
                && streams.hasRoom();
    }

    private void listen(HttpServletRequest request, HttpServletResponse response, Texts texts) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        // nginx would keep events back until its buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream; charset=utf-8");
        Role role = Role.of(request::isUserInRole);
        streams.add(EventLine.open(request.startAsync(), LISTENING_MILLIS), new Reader(texts, role));
    }

    /** The body, or what stands in its place. */
    private static byte[] asked(HttpServletRequest request) throws IOException {
        if (!READING.contains(request.getMethod())) {
            return request.getInputStream().readNBytes(LONGEST_BODY + 1);
        }
        String query = request.getQueryString();
        return (query == null ? "" : query).getBytes(StandardCharsets.UTF_8);
    }

    /** Who asks, as the host says; never a line of its own in the log. */
    private static String name(HttpServletRequest request) {
        String user = request.getRemoteUser();
        return user == null ? "Somebody" : user.replaceAll("\\p{Cntrl}", "?");
    }

    private void page(HttpServletRequest request, HttpServletResponse response, String path, Texts texts)
            throws IOException {
        Optional<PageFiles.PageFile> file = files.find(path);
        if (file.isEmpty()) {
            send(request, response, Refusal.NOT_FOUND.reply(texts));
        } else if (!READING.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD");
            send(request, response, Refusal.METHOD.reply(texts));
        } else {
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("Vary", "Accept-Encoding");
            write(request, response, 200, file.get().type(), file.get().bytes());
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, Reply reply) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        if (reply.body() instanceof Download download) {
            handOut(request, response, download);
            return;
        }
        response.setHeader("Vary", "Accept-Encoding, Accept-Language");
        write(
                request,
                response,
                reply.status(),
                "application/json; charset=utf-8",
                gson.toJson(reply.body()).getBytes(StandardCharsets.UTF_8));
    }

    private static void handOut(HttpServletRequest request, HttpServletResponse response, Download download)
            throws IOException {
        try (InputStream content = download.content()) {
            logger.info("{} takes the file {}", name(request), download.name());
            response.setHeader("Content-Disposition", "attachment; filename=\"" + download.name() + "\"");
            response.setContentType("application/gzip");
            response.setContentLengthLong(download.bytes());
            content.transferTo(response.getOutputStream());
        }
    }

    private static void write(
            HttpServletRequest request, HttpServletResponse response, int status, String type, byte[] bytes)
            throws IOException {
        boolean packed = worthPacking(request, bytes);
        byte[] sent = packed ? packed(bytes) : bytes;
        if (packed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(sent.length);
        response.getOutputStream().write(sent);
    }

    /** Only what is read: an answer to a request that does something may hold a key, whose length must tell nothing. */
    private static boolean worthPacking(HttpServletRequest request, byte[] bytes) {
        String accepted = request.getHeader("Accept-Encoding");
        return READING.contains(request.getMethod())
                && bytes.length > LEAST_PACKED
                && accepted != null
                && accepted.contains("gzip");
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
