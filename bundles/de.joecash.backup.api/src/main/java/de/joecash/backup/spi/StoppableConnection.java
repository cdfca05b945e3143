package de.joecash.backup.spi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A connection for somebody who knows nothing of cancellations, such as the host: a cancellation ends the statement
 * under way by {@link Statement#cancel}, and nothing else is begun or read then.
 */
public final class StoppableConnection {
    private StoppableConnection() {}

    /**
     * Wraps a connection, its statements and their results.
     *
     * @param connection still the caller's to close
     * @param cancellation stops what is done with it; it then throws an {@link SQLException}
     * @return as thread-safe as {@code connection}
     */
    public static Connection of(Connection connection, Cancellation cancellation) {
        return (Connection) stoppable(Connection.class, connection, cancellation);
    }

    private static Object stoppable(Class<?> type, Object wrapped, Cancellation cancellation) {
        return Proxy.newProxyInstance(
                StoppableConnection.class.getClassLoader(), new Class<?>[] {type}, new Stopper(wrapped, cancellation));
    }

    private record Stopper(Object wrapped, Cancellation cancellation) implements InvocationHandler {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            try {
                return wrap(method, perform(method, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private Object perform(Method method, Object[] arguments) throws ReflectiveOperationException, SQLException {
            boolean executes = wrapped instanceof Statement && method.getName().startsWith("execute");
            if (executes || method.getName().equals("next")) {
                check();
            }
            if (!executes) {
                return method.invoke(wrapped, arguments);
            }
            Cancellation.Registration registration = cancellation.onCancel(this::cancel);
            try {
                return method.invoke(wrapped, arguments);
            } finally {
                registration.close();
            }
        }

        private void check() throws SQLException {
            if (cancellation.cancelled()) {
                throw new SQLException("Cancelled");
            }
        }

        private void cancel() {
            try {
                ((Statement) wrapped).cancel();
            } catch (SQLException e) {
                // It had ended, or ends as it will; whatever comes next is refused.
                return;
            }
        }

        private Object wrap(Method method, Object result) {
            Class<?> type = method.getReturnType();
            boolean worth = Statement.class.isAssignableFrom(type) || type == ResultSet.class;
            return worth && result != null ? stoppable(type, result, cancellation) : result;
        }
    }
}
