package de.joecash.backup.source.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.Cancellation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppableStatementTest {
    private static final String LIMIT =
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'QUERY_TIMEOUT'";

    @TempDir
    Path directory;

    @Test
    void takesAsLongAsItNeedsWhateverTheHostsLastStatementWasAllowed() throws Exception {
        try (H2Till till = H2Till.withSchema(directory);
                Connection connection = till.dataSource().getConnection();
                Statement ofTheHost = connection.createStatement()) {
            ofTheHost.setQueryTimeout(2);

            try (StoppableStatement statement = new StoppableStatement(connection, new Cancellation())) {
                statement.execute(LIMIT);
                assertThat(number(statement.result())).isZero();
            }

            assertThat(number(ofTheHost.executeQuery(LIMIT))).as("as it was").isEqualTo(2_000);
        }
    }

    private static int number(ResultSet result) throws SQLException {
        try (result) {
            result.next();
            return result.getInt(1);
        }
    }
}
