package de.joecash.pos.reference.internal.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A request and its response, with just what the host's pages ask of them. */
final class FakeHttp {
    final Map<String, String> asked = new LinkedHashMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    int status;

    private final String method;
    private final String address;
    private String body = "";
    private Role role;

    FakeHttp(String method, String address) {
        this.method = method;
        this.address = address;
    }

    static FakeHttp get(String address) {
        return new FakeHttp("GET", address);
    }

    /** What our own page sends. */
    static FakeHttp post(String address, String body) {
        FakeHttp http = new FakeHttp("POST", address);
        http.body = body;
        return http.with("Content-Type", "application/json")
                .with("X-JoeCash", "1")
                .with("Host", "till:8080")
                .with("Origin", "http://till:8080");
    }

    FakeHttp with(String header, String value) {
        if (value == null) {
            asked.remove(header);
        } else {
            asked.put(header, value);
        }
        return this;
    }

    FakeHttp as(Role who) {
        role = who;
        return this;
    }

    String text() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getRequestURI" -> address;
            case "getHeader" -> asked.get((String) arguments[0]);
            case "getContentType" -> asked.get("Content-Type");
            case "getLocale" -> Locale.forLanguageTag(asked.getOrDefault("Accept-Language", "fr"));
            case "getCookies" -> cookies();
            case "isUserInRole" -> role != null && role.includes((String) arguments[0]);
            case "getInputStream" -> new Body(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private Cookie[] cookies() {
        String cookie = asked.get("Cookie");
        return cookie == null ? null : new Cookie[] {new Cookie(cookie.split("=", 2)[0], cookie.split("=", 2)[1])};
    }

    HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "setHeader", "addHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
            case "containsHeader" -> headers.containsKey((String) arguments[0]);
            case "setStatus" -> answered((Integer) arguments[0]);
            case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
            case "setContentLength" -> null;
            case "getOutputStream" -> new Sent(sent);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private Object answered(int code) {
        status = code;
        return null;
    }

    private interface Answer {
        Object to(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object result = answer.to(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }

    private static final class Body extends ServletInputStream {
        private final InputStream in;

        Body(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Sent extends ServletOutputStream {
        private final ByteArrayOutputStream out;

        Sent(ByteArrayOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            out.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
