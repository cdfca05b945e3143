package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private final Map<String, String> headers = new HashMap<>(Map.of(
            "Host", "kassenserver:8080",
            "Origin", "http://kassenserver:8080",
            "X-JoeCash", "1",
            "Content-Type", "application/json; charset=utf-8"));

    @Test
    void letsThePagesOwnRequestsThrough() {
        assertThat(Gate.judge("POST", headers::get)).isEmpty();

        headers.remove("Origin");
        headers.put("Sec-Fetch-Site", "same-origin");
        assertThat(Gate.judge("POST", headers::get)).isEmpty();
        assertThat(Gate.judge("GET", headers::get)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example",
                "http://kassenserver",
                "http://kassenserver:8080@elsewhere.example",
                "http://kassenserver:8080.elsewhere.example",
                "null",
                "",
                "http://[",
            })
    void refusesAnotherOrigin(String origin) {
        headers.put("Origin", origin);

        assertThat(Gate.judge("POST", headers::get)).contains(Refusal.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", ""})
    void believesTheBrowserMoreThanTheOrigin(String site) {
        headers.put("Sec-Fetch-Site", site);

        assertThat(Gate.judge("POST", headers::get)).contains(Refusal.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin", "Host", "X-JoeCash"})
    void refusesWhatAFormCouldSend(String missing) {
        headers.remove(missing);

        assertThat(Gate.judge("POST", headers::get)).contains(Refusal.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""})
    void refusesWhatIsNotJson(String type) {
        headers.put("Content-Type", type);

        assertThat(Gate.judge("POST", headers::get)).contains(Refusal.NOT_JSON);
    }

    @Test
    void doesNotLetAnotherSiteReadEither() {
        headers.put("Sec-Fetch-Site", "cross-site");

        assertThat(Gate.judge("GET", headers::get)).contains(Refusal.FOREIGN);
    }
}
