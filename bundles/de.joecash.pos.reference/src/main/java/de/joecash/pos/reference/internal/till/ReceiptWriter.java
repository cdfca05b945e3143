package de.joecash.pos.reference.internal.till;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes receipts with lines, payments and journal in batches. The caller commits. */
final class ReceiptWriter implements AutoCloseable {
    private final Dialect dialect;
    private final PreparedStatement receipts;
    private final PreparedStatement lines;
    private final PreparedStatement payments;
    private final PreparedStatement journal;

    private long nextEntry;

    /**
     * Prepares to write.
     *
     * @param connection not closed
     * @param dialect of its database
     * @param nextEntry the number of the next entry in the journal
     */
    ReceiptWriter(Connection connection, Dialect dialect, long nextEntry) throws SQLException {
        this.dialect = dialect;
        this.nextEntry = nextEntry;
        receipts = connection.prepareStatement("INSERT INTO RECEIPT VALUES (?, ?, ?, ?, ?)");
        lines = connection.prepareStatement("INSERT INTO RECEIPT_LINE VALUES (?, ?, ?, ?, ?)");
        payments = connection.prepareStatement("INSERT INTO PAYMENT VALUES (?, ?, ?, ?)");
        journal = connection.prepareStatement("INSERT INTO JOURNAL VALUES (?, ?, 'SALE', ?, ?, ?)");
    }

    void add(Receipt receipt) throws SQLException {
        receipts.setLong(1, receipt.number());
        receipts.setInt(2, receipt.z());
        receipts.setObject(3, dialect.bind(receipt.soldAt()));
        receipts.setBigDecimal(4, receipt.total());
        receipts.setString(5, receipt.signature());
        receipts.addBatch();
        int number = 0;
        for (Receipt.Line line : receipt.lines()) {
            lines.setLong(1, receipt.number());
            lines.setInt(2, ++number);
            lines.setInt(3, line.article().number());
            lines.setInt(4, line.quantity());
            lines.setBigDecimal(5, line.amount());
            lines.addBatch();
        }
        int part = 0;
        for (Receipt.Payment payment : receipt.payments()) {
            payments.setLong(1, receipt.number());
            payments.setInt(2, ++part);
            payments.setString(3, payment.means());
            payments.setBigDecimal(4, payment.amount());
            payments.addBatch();
        }
        journal.setLong(1, nextEntry++);
        journal.setObject(2, dialect.bind(receipt.soldAt()));
        journal.setInt(3, receipt.z());
        journal.setLong(4, receipt.number());
        journal.setString(
                5, "Beleg " + receipt.number() + " gebucht, " + receipt.lines().size() + " Positionen");
        journal.addBatch();
    }

    void flush() throws SQLException {
        receipts.executeBatch();
        lines.executeBatch();
        payments.executeBatch();
        journal.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        receipts.close();
        lines.close();
        payments.close();
        journal.close();
    }
}
