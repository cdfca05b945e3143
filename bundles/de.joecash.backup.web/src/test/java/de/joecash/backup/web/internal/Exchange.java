package de.joecash.backup.web.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One request to the servlet and its response, as a browser on our own page would send it unless told otherwise. */
final class Exchange {
    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Locale locale = Locale.ENGLISH;
    int status = 200;
    private String query;
    private Role role = Role.ADMINISTRATOR;

    private final String method;
    private final String path;
    private final String body;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Exchange(String method, String path, String body) {
        this.method = method;
        this.path = path;
        this.body = body;
        headers.putAll(Map.of(
                "Host", "localhost:8080",
                "Sec-Fetch-Site", "same-origin",
                "X-JoeCash", "1",
                "Content-Type", "application/json"));
    }

    static Exchange get(String path) {
        return new Exchange("GET", path, "");
    }

    static Exchange post(String path, String body) {
        return new Exchange("POST", path, body);
    }

    Exchange with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Exchange in(Locale asked) {
        locale = asked;
        return this;
    }

    Exchange query(String asked) {
        query = asked;
        return this;
    }

    Exchange as(Role who) {
        role = who;
        return this;
    }

    Exchange at(BackupServlet servlet) throws IOException, ServletException {
        servlet.service(request(), response());
        return this;
    }

    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return written.toByteArray();
    }

    JsonElement json() {
        return JsonParser.parseString(text());
    }

    JsonObject object() {
        return json().getAsJsonObject();
    }

    String string(String name) {
        return object().get(name).getAsString();
    }

    private HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getPathInfo" -> path;
            case "getContextPath" -> "";
            case "getServletPath" -> "/backup";
            case "getHeader" -> headers.get(arguments.get(0));
            case "getLocales" -> Collections.enumeration(List.of(locale));
            case "getInputStream" -> input();
            case "getQueryString" -> query;
            case "isAsyncSupported" -> false;
            case "isUserInRole" ->
                Role.valueOf(((String) arguments.get(0)).toUpperCase(Locale.ROOT))
                                .compareTo(role)
                        <= 0;
            case "getRemoteUser" -> "anna\nfalse line";
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (name, arguments) -> {
            switch (name) {
                case "setStatus" -> status = (Integer) arguments.get(0);
                case "setHeader" -> answered.put((String) arguments.get(0), (String) arguments.get(1));
                case "setContentType" -> answered.put("Content-Type", (String) arguments.get(0));
                case "setContentLength" ->
                    answered.put("Content-Length", arguments.get(0).toString());
                case "setContentLengthLong" ->
                    answered.put("Content-Length", arguments.get(0).toString());
                case "getOutputStream" -> {
                    return output();
                }
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        });
    }

    private interface Answer {
        Object to(String name, List<?> arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) ->
                        answer.to(called.getName(), arguments == null ? List.of() : List.of(arguments)));
        return type.cast(proxy);
    }

    private ServletInputStream input() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return bytes.read(buffer, offset, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private ServletOutputStream output() {
        return new ServletOutputStream() {
            @Override
            public void write(int b) {
                written.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
