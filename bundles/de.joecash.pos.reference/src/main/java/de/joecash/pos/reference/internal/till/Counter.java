package de.joecash.pos.reference.internal.till;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.SplittableRandom;

/** The counter of the shop: sells and closes days. What comes next is read from the database each time. */
final class Counter {
    private final LiveDatabase database;
    private final Clock clock;
    private final SplittableRandom random;
    private volatile boolean dayOpen = true;
    private volatile boolean saleUnderWay;

    Counter(LiveDatabase database, Clock clock, long seed) {
        this.database = database;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    /** Sells something in one transaction. */
    Receipt sell() throws SQLException {
        saleUnderWay = true;
        try {
            return book();
        } finally {
            saleUnderWay = false;
        }
    }

    private Receipt book() throws SQLException {
        return database.sell(connection -> {
            Receipt receipt =
                    Receipt.random(last(connection) + 1, day(connection), OffsetDateTime.now(clock), random.split());
            try (ReceiptWriter writer = new ReceiptWriter(connection, database.dialect(), nextEntry(connection))) {
                writer.add(receipt);
                writer.flush();
            }
            dayOpen = true;
            return receipt;
        });
    }

    /** Closes the day; the next receipt belongs to the next one. */
    int closeDay() throws SQLException {
        return database.sell(connection -> {
            int z = day(connection);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO JOURNAL VALUES (?, ?, 'CLOSE', ?, NULL, ?)")) {
                insert.setLong(1, nextEntry(connection));
                insert.setObject(2, database.dialect().bind(OffsetDateTime.now(clock)));
                insert.setInt(3, z);
                insert.setString(4, "Tagesabschluss Z " + z + " bis Beleg " + last(connection));
                insert.executeUpdate();
            }
            dayOpen = false;
            return z;
        });
    }

    /** Whether the day is open: from the till's start or the first sale of the day to its closing. */
    boolean dayOpen() {
        return dayOpen;
    }

    /** Whether somebody waits for a sale at this instant. */
    boolean saleUnderWay() {
        return saleUnderWay;
    }

    long lastNumber() throws SQLException {
        return database.sell(Counter::last);
    }

    private static long last(Connection connection) throws SQLException {
        return number(connection, "SELECT MAX(NUMBER) FROM RECEIPT");
    }

    private static long nextEntry(Connection connection) throws SQLException {
        return number(connection, "SELECT MAX(ID) FROM JOURNAL") + 1;
    }

    /** Gives a number, 0 where there is none. */
    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int day(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT Z, EVENT FROM JOURNAL ORDER BY ID DESC LIMIT 1")) {
            if (!row.next()) {
                return 1;
            }
            return row.getString(2).equals("CLOSE") ? row.getInt(1) + 1 : row.getInt(1);
        }
    }
}
