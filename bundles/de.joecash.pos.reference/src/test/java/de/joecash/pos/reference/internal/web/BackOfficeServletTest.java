package de.joecash.pos.reference.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOfficeServletTest {
    private static final String RIGHT = "{\"user\":\"chef\",\"password\":\"demo\"}";
    private static final String WRONG = "{\"user\":\"chef\",\"password\":\"no\"}";

    private final Sessions sessions = new Sessions(Clock.systemUTC());
    private final BackOfficeServlet servlet =
            new BackOfficeServlet(new Api(null, new Plugins(), null, null, new NoticeBoard()), sessions);

    private FakeHttp send(FakeHttp http) throws Exception {
        servlet.doPost(http.request(), http.response());
        return http;
    }

    private FakeHttp read(FakeHttp http) throws Exception {
        servlet.doGet(http.request(), http.response());
        return http;
    }

    @Test
    void logsInWithACookieThatScriptsAndOtherSitesDoNotGet() throws Exception {
        FakeHttp http = send(FakeHttp.post("/pos/api/login", RIGHT));
        assertThat(http.status).isEqualTo(200);
        String cookie = http.headers.get("Set-Cookie");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
        String token = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
        assertThat(sessions.isOpen(token)).isTrue();

        FakeHttp out = send(FakeHttp.post("/pos/api/logout", "{}").with("Cookie", "joecash-session=" + token));
        assertThat(out.status).isEqualTo(200);
        assertThat(sessions.isOpen(token)).isFalse();
    }

    @Test
    void refusesAWrongPasswordInTheUsersLanguage() throws Exception {
        FakeHttp german = send(FakeHttp.post("/pos/api/login", WRONG).with("Accept-Language", "de-DE"));
        assertThat(german.status).isEqualTo(422);
        assertThat(german.text()).contains("Benutzer oder Passwort ist falsch");
        assertThat(german.headers).doesNotContainKey("Set-Cookie");
        assertThat(send(FakeHttp.post("/pos/api/login", WRONG)).text()).contains("User or password is wrong");
        for (int i = 0; i < 3; i++) {
            send(FakeHttp.post("/pos/api/login", WRONG));
        }
        assertThat(send(FakeHttp.post("/pos/api/login", RIGHT)).status).isEqualTo(429);
    }

    @Test
    void refusesWhatItDoesNotUnderstandWithoutAStackTrace() throws Exception {
        for (String body : new String[] {"", "null", "[]", "{", "{}", "{\"user\":1}", "x".repeat(20_000)}) {
            FakeHttp http = send(FakeHttp.post("/pos/api/login", body));
            assertThat(http.status).as(body).isEqualTo(400);
            assertThat(http.text()).contains("not understood").doesNotContain("Exception");
        }
        assertThat(send(FakeHttp.post("/pos/api/login", RIGHT).with("Content-Type", "text/plain")).status)
                .isEqualTo(400);
        assertThat(send(FakeHttp.post("/pos/api/login", RIGHT).with("X-JoeCash", null)).status)
                .isEqualTo(403);
        assertThat(send(FakeHttp.post("/pos/api/settings", "{\"provider\":\"gone\",\"values\":{}}")
                                .as(Role.ADMINISTRATOR))
                        .status)
                .isEqualTo(404);
        assertThat(send(FakeHttp.post("/pos/api/settings", "{\"provider\":\"x\",\"values\":{\"a\":null}}")
                                .as(Role.ADMINISTRATOR))
                        .status)
                .isEqualTo(400);
        assertThat(send(FakeHttp.post("/pos/api/licence", "{}").as(Role.ADMINISTRATOR)).status)
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/pos/api/settings,", "/pos/api/settings, CASHIER", "/pos/api/settings, MANAGER",
        "/pos/api/licence,", "/pos/api/licence, CASHIER", "/pos/api/licence, MANAGER"
    })
    void letsOnlyAdministratorsChangeSettingsAndLicence(String address, Role role) throws Exception {
        FakeHttp http =
                send(FakeHttp.post(address, "{\"granted\":true}").as(role).with("Accept-Language", "de"));
        assertThat(http.status).isEqualTo(403);
        assertThat(http.text()).contains("Administratoren");
    }

    @Test
    void servesItsFilesAndNothingElse() throws Exception {
        assertThat(read(FakeHttp.get("/")).headers.get("Content-Type")).startsWith("text/html");
        assertThat(read(FakeHttp.get("/pos/style.css")).text()).contains("--accent");
        FakeHttp missing = read(FakeHttp.get("/pos/../secret").with("Accept-Language", "de"));
        assertThat(missing.status).isEqualTo(404);
        assertThat(missing.text()).isEqualTo("Diese Seite gibt es hier nicht.");
        assertThat(missing.headers.get("Content-Type")).startsWith("text/plain");
    }
}
