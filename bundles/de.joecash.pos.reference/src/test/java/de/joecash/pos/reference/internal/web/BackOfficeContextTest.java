package de.joecash.pos.reference.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackOfficeContextTest {
    private final Sessions sessions = new Sessions(Clock.systemUTC());
    private final BackOfficeContext door = new BackOfficeContext(sessions);

    private boolean lets(FakeHttp http) throws Exception {
        return door.handleSecurity(http.request(), http.response());
    }

    @Test
    void letsEverybodySeeTheLoginPage() throws Exception {
        FakeHttp http = FakeHttp.get("/login");
        assertThat(lets(http)).isTrue();
        assertThat(http.headers.get("Content-Security-Policy"))
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'");
        assertThat(http.headers).containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(http.headers).containsEntry("Referrer-Policy", "no-referrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/backup/",
                "/pos/api/overview",
                "/pos/hardware",
                "//login",
                "/login/",
                "/login;x",
                "/pos/../login",
                "/%6cogin/../backup/",
                "/pos/style.css/../api/overview"
            })
    void letsNobodyElseInWithoutALogin(String address) throws Exception {
        FakeHttp stranger = FakeHttp.get(address);

        assertThat(lets(stranger)).isFalse();
        if (address.contains("/api/")) {
            assertThat(stranger.status).isEqualTo(401);
        } else {
            assertThat(stranger.status).isEqualTo(302);
            assertThat(stranger.headers.get("Location"))
                    .startsWith("/login?next=%2F")
                    .doesNotContain("\n");
        }
    }

    @Test
    void letsWhoIsLoggedInComeIn() throws Exception {
        String token = sessions.open("chef", "demo").orElseThrow();
        assertThat(lets(FakeHttp.get("/backup/").with("Cookie", "joecash-session=" + token)))
                .isTrue();
        assertThat(lets(FakeHttp.get("/backup/").with("Cookie", "joecash-session=" + token + "x")))
                .isFalse();
        sessions.close(token);
        assertThat(lets(FakeHttp.get("/backup/").with("Cookie", "joecash-session=" + token)))
                .isFalse();
    }

    @Test
    void refusesWhatAnotherSiteMadeTheBrowserSend() throws Exception {
        String cookie = "joecash-session=" + sessions.open("chef", "demo").orElseThrow();
        assertThat(lets(FakeHttp.post("/backup/api", "{}").with("Cookie", cookie)))
                .isTrue();
        FakeHttp foreign =
                FakeHttp.post("/backup/api", "{}").with("Cookie", cookie).with("Origin", "http://evil");
        assertThat(lets(foreign)).isFalse();
        assertThat(foreign.status).isEqualTo(403);
        assertThat(lets(FakeHttp.post("/x", "{}").with("Cookie", cookie).with("Origin", null)))
                .isFalse();
        assertThat(lets(FakeHttp.post("/x", "{}").with("Cookie", cookie).with("Sec-Fetch-Site", "cross-site")))
                .isFalse();
        assertThat(lets(FakeHttp.post("/x", "{}").with("Cookie", cookie).with("Sec-Fetch-Site", "same-site")))
                .isFalse();
        assertThat(lets(FakeHttp.post("/x", "{}").with("Cookie", cookie).with("Origin", "null")))
                .isFalse();
        assertThat(lets(FakeHttp.post("/x", "{}")
                        .with("Cookie", cookie)
                        .with("Origin", null)
                        .with("Sec-Fetch-Site", "same-origin")))
                .isTrue();
    }
}
