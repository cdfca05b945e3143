package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.BookError;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * Reads a till's books through: numbers of receipts, journal and business days without a gap, lines that add up to
 * their receipt, payments that add up to what was sold each day. In portions by receipt number, so that memory stays
 * flat and sales may go on meanwhile.
 */
final class BooksCheck {
    private static final int PORTION = 10_000;
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Connection connection;
    private final List<BookError> errors = new ArrayList<>();

    private long missing;
    private long firstMissing;

    private long unequalReceipts;
    private Object[] firstUnequalReceipt;

    private int day;
    private BigDecimal sold = BigDecimal.ZERO;
    private BigDecimal paid = BigDecimal.ZERO;
    private long unequalDays;
    private Object[] firstUnequalDay;
    private Object[] firstDisorder;

    private BooksCheck(Connection connection) {
        this.connection = connection;
    }

    /** Says what is wrong in a database of a till, live or not. */
    static List<BookError> of(Connection connection) throws SQLException {
        BooksCheck check = new BooksCheck(connection);
        check.read();
        return List.copyOf(check.errors);
    }

    private void read() throws SQLException {
        // Sold is in one transaction, journal and receipt: what the journal knows now has its receipt.
        long booked = number("SELECT MAX(RECEIPT) FROM JOURNAL");
        long last = number("SELECT MAX(NUMBER) FROM RECEIPT");
        for (long after = 0; after < last; ) {
            after = portion(after, last);
        }
        closeDay();
        if (missing > 0) {
            add("receipts.missing", missing, name(firstMissing));
        }
        booked(Math.max(booked, last));
        journal();
        days();
        if (firstDisorder != null) {
            add("days.order", firstDisorder);
        }
        if (unequalReceipts > 0) {
            add("lines.sum", firstUnequalReceipt);
        }
        if (unequalDays > 0) {
            add("days.payments", firstUnequalDay);
        }
    }

    /** Reads some receipts; gives the number of the last one. */
    private long portion(long after, long last) throws SQLException {
        List<Row> rows = rows(after, last);
        long end = rows.isEmpty() ? last : rows.get(rows.size() - 1).number;
        Map<Long, BigDecimal> lines = sums("RECEIPT_LINE", after, end);
        Map<Long, BigDecimal> payments = sums("PAYMENT", after, end);
        long expected = after + 1;
        for (Row row : rows) {
            gap(expected, row.number);
            expected = row.number + 1;
            receipt(row, lines.getOrDefault(row.number, BigDecimal.ZERO));
            sold = sold.add(row.total);
            paid = paid.add(payments.getOrDefault(row.number, BigDecimal.ZERO));
        }
        return end;
    }

    private void gap(long expected, long found) {
        if (found > expected) {
            firstMissing = missing == 0 ? expected : firstMissing;
            missing += found - expected;
        }
    }

    private void receipt(Row row, BigDecimal lines) {
        if (lines.compareTo(row.total) != 0) {
            firstUnequalReceipt = first(firstUnequalReceipt, ++unequalReceipts, name(row.number), lines, row.total);
        }
        if (row.day != day) {
            if (row.day < day && firstDisorder == null) {
                firstDisorder = new Object[] {name(row.number), name(row.day)};
            }
            closeDay();
            day = row.day;
        }
    }

    private void closeDay() {
        if (sold.compareTo(paid) != 0) {
            firstUnequalDay = first(firstUnequalDay, ++unequalDays, name(day), paid, sold);
        }
        sold = BigDecimal.ZERO;
        paid = BigDecimal.ZERO;
    }

    /** Keeps what was found first, with how many there are by now. */
    private static Object[] first(Object[] known, long count, Object... found) {
        Object[] kept = known;
        if (kept == null) {
            kept = new Object[found.length + 1];
            System.arraycopy(found, 0, kept, 1, found.length);
        }
        kept[0] = count;
        return kept;
    }

    private void booked(long upTo) throws SQLException {
        long known = number("SELECT COUNT(RECEIPT) FROM JOURNAL WHERE RECEIPT <= " + upTo);
        long there = upTo == 0 ? 0 : number("SELECT COUNT(*) FROM RECEIPT WHERE NUMBER <= " + upTo);
        if (known != there) {
            add("receipts.notBooked", known, there);
        }
    }

    private void journal() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*), MAX(ID) FROM JOURNAL")) {
            row.next();
            if (row.getLong(1) != row.getLong(2)) {
                add("journal.missing", row.getLong(1), name(row.getLong(2)));
            }
        }
    }

    private void days() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT Z FROM JOURNAL GROUP BY Z ORDER BY Z")) {
            for (int expected = 1; row.next(); expected++) {
                if (row.getInt(1) != expected) {
                    add("days.missing", name(expected));
                    return;
                }
            }
        }
    }

    private record Row(long number, int day, BigDecimal total) {}

    private List<Row> rows(long after, long last) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT NUMBER, Z, TOTAL FROM RECEIPT"
                + " WHERE NUMBER > ? AND NUMBER <= ? ORDER BY NUMBER FETCH FIRST " + PORTION + " ROWS ONLY")) {
            statement.setLong(1, after);
            statement.setLong(2, last);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(row.getLong(1), row.getInt(2), row.getBigDecimal(3)));
                }
            }
        }
        return rows;
    }

    private Map<Long, BigDecimal> sums(String table, long after, long end) throws SQLException {
        Map<Long, BigDecimal> sums = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT RECEIPT, SUM(AMOUNT) FROM " + table + " WHERE RECEIPT > ? AND RECEIPT <= ? GROUP BY RECEIPT")) {
            statement.setLong(1, after);
            statement.setLong(2, end);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    sums.put(row.getLong(1), row.getBigDecimal(2));
                }
            }
        }
        return sums;
    }

    /** Gives a number, 0 where there is none. */
    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A number that names something; others are written in groups of three digits. */
    private static String name(long number) {
        return Long.toString(number);
    }

    private void add(String key, Object... values) {
        errors.add(new BookError(words(Locale.GERMAN, key, values), words(Locale.ENGLISH, key, values)));
    }

    private static String words(Locale locale, String key, Object... values) {
        ResourceBundle texts = ResourceBundle.getBundle(
                BooksCheck.class.getPackageName() + ".books", locale, BooksCheck.class.getClassLoader(), NO_FALLBACK);
        Object[] shown = values.clone();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shown[i] instanceof BigDecimal amount ? String.format(locale, "%,.2f", amount) : shown[i];
        }
        return new MessageFormat(texts.getString(key), locale).format(shown);
    }
}
