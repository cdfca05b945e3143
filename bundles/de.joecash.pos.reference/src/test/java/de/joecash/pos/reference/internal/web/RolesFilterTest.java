package de.joecash.pos.reference.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesFilterTest {
    private final Sessions sessions = new Sessions(Clock.systemUTC());
    private final RolesFilter filter = new RolesFilter(sessions);

    @ParameterizedTest
    @CsvSource({"kasse, true, false, false", "leitung, true, true, false", "chef, true, true, true"})
    void tellsPagesWhoAsksAndWhatHeMay(String user, boolean cashier, boolean manager, boolean administrator)
            throws Exception {
        String token = sessions.open(user, "demo").orElseThrow();

        HttpServletRequest seen = passed(FakeHttp.get("/backup/").with("Cookie", "joecash-session=" + token));

        assertThat(seen.getRemoteUser()).isEqualTo(user);
        assertThat(seen.isUserInRole("cashier")).isEqualTo(cashier);
        assertThat(seen.isUserInRole("manager")).isEqualTo(manager);
        assertThat(seen.isUserInRole("administrator")).isEqualTo(administrator);
        assertThat(seen.isUserInRole("root")).isFalse();
    }

    @Test
    void saysNothingOfWhoIsNotLoggedIn() throws Exception {
        FakeHttp stranger = FakeHttp.get("/login").with("Cookie", "joecash-session=x");
        assertThat(passed(stranger).isUserInRole("cashier")).isFalse();
    }

    private HttpServletRequest passed(FakeHttp http) throws Exception {
        List<HttpServletRequest> seen = new ArrayList<>();
        filter.doFilter(http.request(), http.response(), (request, response) -> seen.add((HttpServletRequest) request));
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }
}
