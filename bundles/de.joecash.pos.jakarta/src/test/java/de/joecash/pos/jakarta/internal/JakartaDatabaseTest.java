package de.joecash.pos.jakarta.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.pos.database.DatabaseException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JakartaDatabaseTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:5432/kasse";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "till", "kasse1",
            "database_kind", "postgresql",
            "resource", "jdbc/kasse",
            "url", URL,
            "user", "kasse",
            "_password", "streng geheim"));

    @Test
    void isWhatIsConfigured() {
        JakartaDatabase database = new JakartaDatabase(configuration());

        assertThat(database.till()).isEqualTo("kasse1");
        assertThat(database.kind()).isEqualTo("postgresql");
        assertThat(database.url()).isEqualTo(URL);
        assertThat(database.dataSource()).isSameAs(database.dataSource());
        assertThat(database.credentials().orElseThrow().<String>withPassword(String::new))
                .isEqualTo("streng geheim");
        assertThat(database.directories()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "till, /etc/passwd",
        "till, ''",
        "database_kind, h2",
        "database_kind, mariadb",
        "url, jdbc:mariadb://127.0.0.1:3306/kasse",
        "user, ''",
        "resource, ''"
    })
    void refusesWhatCannotBeOneTill(String key, String value) {
        settings.put(key, value);

        assertThatThrownBy(() -> new JakartaDatabase(configuration()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("geheim");
    }

    @Test
    void saysThatAResourceCannotBeSwapped() {
        assertThatThrownBy(() -> new JakartaDatabase(configuration()).side())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("new database");
    }

    private JakartaConfiguration configuration() {
        return (JakartaConfiguration) Proxy.newProxyInstance(
                JakartaConfiguration.class.getClassLoader(),
                new Class<?>[] {JakartaConfiguration.class},
                (self, method, arguments) -> settings.get(method.getName()));
    }
}
