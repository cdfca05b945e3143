package de.joecash.backup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.Problem;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoppableConnectionTest {
    private final Cancellation cancellation = new Cancellation();
    private final List<String> calls = new ArrayList<>();
    private Runnable whileExecuting = () -> {};
    private final Connection connection = StoppableConnection.of(fake(Connection.class), cancellation);

    @Test
    void handsEverythingOnUntilItIsCancelled() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet row = statement.executeQuery()) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(0);
        }
        assertThat(calls).containsExactly("prepareStatement", "executeQuery", "next", "getLong", "close", "close");
    }

    @Test
    void cancelsTheStatementUnderWayAndBeginsNoOther() throws SQLException {
        whileExecuting = () -> cancellation.cancel(new Problem.Cancelled());
        PreparedStatement statement = connection.prepareStatement("SELECT 1");

        ResultSet row = statement.executeQuery();

        assertThat(calls).containsExactly("prepareStatement", "executeQuery", "cancel");
        assertThatThrownBy(row::next).isInstanceOf(SQLException.class);
        assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);
        statement.close();
        assertThat(calls).containsExactly("prepareStatement", "executeQuery", "cancel", "close");
    }

    @Test
    void throwsWhatTheDatabaseThrew() {
        whileExecuting = () -> {
            throw new IllegalStateException("broken");
        };
        assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                StoppableConnectionTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().startsWith("execute")) {
                        whileExecuting.run();
                    }
                    Class<?> result = method.getReturnType();
                    if (result.isInterface()) {
                        return fake(result);
                    }
                    if (result == long.class) {
                        return 0L;
                    }
                    return result == boolean.class ? (Object) true : null;
                }));
    }
}
