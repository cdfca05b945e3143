package de.joecash.pos.jakarta.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.naming.NameNotFoundException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class JndiDataSourceTest {
    private final Map<String, Object> names = new HashMap<>();
    private final DataSource kasse = new JndiDataSource("jdbc/kasse", name -> {
        if (!names.containsKey(name)) {
            throw new NameNotFoundException(name);
        }
        return names.get(name);
    });

    @Test
    void aResourceThatIsNotThereYetIsAnUnreachableDatabase() {
        assertThatThrownBy(kasse::getConnection)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"))
                .hasMessageContaining("jdbc/kasse");
    }

    @Test
    void whatIsNoJdbcResourceIsSaidToBeNone() {
        names.put("jdbc/kasse", "something else");

        assertThatThrownBy(kasse::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("jdbc/kasse");
    }

    @Test
    void aResourceThatIsReplacedIsAskedFromThenOn() throws SQLException {
        Connection first = proxy(Connection.class, null);
        Connection second = proxy(Connection.class, null);
        names.put("jdbc/kasse", proxy(DataSource.class, first));
        assertThat(kasse.getConnection()).isSameAs(first);

        names.put("jdbc/kasse", proxy(DataSource.class, second));

        assertThat(kasse.getConnection()).isSameAs(second);
    }

    /** Answers everything alike, but for what every object answers. */
    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? (method.getName().equals("equals") ? self == arguments[0] : type.getSimpleName())
                        : answer));
    }
}
