package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.testkit.Await;
import de.joecash.pos.database.BookError;
import de.joecash.pos.database.SideDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books of a till that sells meanwhile: more than one portion of receipts. */
class BooksCheckTest {
    private static final int RECEIPTS = 12_000;

    @TempDir
    Path data;

    private RunningTill running;

    @BeforeEach
    void open() throws Exception {
        running = new RunningTill(data, RECEIPTS);
        running.database();
    }

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void findsNothingWrongWhileTheTillSells() throws Exception {
        long before = running.till.status().receipts();
        Await.until("some checks and a sale", () -> {
            assertThat(errors()).isEmpty();
            return running.till.status().receipts() > before;
        });
        running.till.closeDay();
        running.till.closeDay();
        assertThat(errors()).isEmpty();
    }

    @Test
    void namesTheReceiptThatIsMissing() throws Exception {
        execute(
                "DELETE FROM RECEIPT_LINE WHERE RECEIPT = 4711",
                "DELETE FROM PAYMENT WHERE RECEIPT = 4711",
                "DELETE FROM RECEIPT WHERE NUMBER = 4711");

        assertThat(errors()).hasSize(2);
        assertThat(errors().get(0)).isEqualTo(new BookError("Beleg 4711 fehlt", "receipt 4711 is missing"));
        assertThat(errors().get(1).german()).startsWith("das Journal kennt 12.0");
    }

    @Test
    void countsThoseThatAreMissingAndNamesTheFirst() throws Exception {
        execute(
                "DELETE FROM RECEIPT_LINE WHERE RECEIPT = 1 OR RECEIPT BETWEEN 9999 AND 10001",
                "DELETE FROM PAYMENT WHERE RECEIPT = 1 OR RECEIPT BETWEEN 9999 AND 10001",
                "DELETE FROM RECEIPT WHERE NUMBER = 1 OR NUMBER BETWEEN 9999 AND 10001");

        assertThat(errors().get(0).english()).isEqualTo("4 receipts are missing, the first is 1");
    }

    @Test
    void missesTheNewestReceiptByTheJournal() throws Exception {
        try (SideDatabase side = running.database().side()) {
            side.hold();
            execute(
                    "DELETE FROM RECEIPT_LINE WHERE RECEIPT >= 12000",
                    "DELETE FROM PAYMENT WHERE RECEIPT >= 12000",
                    "DELETE FROM RECEIPT WHERE NUMBER >= 12000");

            assertThat(errors()).singleElement().satisfies(error -> assertThat(error.english())
                    .endsWith("there are 11,999"));
        }
    }

    @Test
    void namesTheReceiptWhoseLinesDoNotAddUpToIt() throws Exception {
        execute("UPDATE RECEIPT_LINE SET AMOUNT = AMOUNT + 1000 WHERE RECEIPT = 77 AND LINE = 1");

        assertThat(errors()).singleElement().satisfies(error -> {
            assertThat(error.german())
                    .matches("die Positionen von Beleg 77 ergeben nicht seine Summe: "
                            + "Positionen 1\\.0\\d\\d,\\d\\d, Beleg \\d+,\\d\\d");
            assertThat(error.english())
                    .matches("the lines of receipt 77 do not add up to it: "
                            + "lines 1,0\\d\\d\\.\\d\\d, receipt \\d+\\.\\d\\d");
        });
    }

    @Test
    void namesTheDayWhosePaymentsAreNotWhatWasSold() throws Exception {
        execute(
                "UPDATE PAYMENT SET AMOUNT = AMOUNT - 0.01 WHERE RECEIPT = 250 AND PART = 1",
                "UPDATE PAYMENT SET AMOUNT = AMOUNT + 5 WHERE RECEIPT = 11900 AND PART = 1");

        assertThat(errors()).singleElement().satisfies(error -> assertThat(error.german())
                .startsWith(
                        "an 2 Geschäftstagen sind die Zahlungen nicht so hoch wie der Verkauf, zuerst am Tag Z 3: "));
    }

    @Test
    void findsDaysAndEntriesThatAreMissing() throws Exception {
        execute("DELETE FROM JOURNAL WHERE Z = 2");

        assertThat(errors())
                .extracting(BookError::english)
                .anySatisfy(words -> assertThat(words).isEqualTo("the business day Z 2 is missing"))
                .anySatisfy(words -> assertThat(words).startsWith("entries of the journal are missing: there are 11,"));
    }

    @Test
    void findsAReceiptOfAnEarlierDay() throws Exception {
        execute("UPDATE RECEIPT SET Z = 1 WHERE NUMBER = 6000");

        assertThat(errors())
                .extracting(BookError::english)
                .contains("receipt 6000 belongs to the business day Z 1, one before it to a later day");
    }

    @Test
    void throwsWhereItIsNoDatabaseOfATill() throws Exception {
        execute("DROP TABLE PAYMENT");
        assertThatThrownBy(this::errors).isInstanceOf(SQLException.class);
    }

    private List<BookError> errors() throws Exception {
        try (Connection connection = running.database().dataSource().getConnection()) {
            return running.database().check(connection);
        }
    }

    private void execute(String... statements) throws Exception {
        try (Connection connection = running.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
