package de.joecash.pos.reference.internal.till;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The till's tables. The till counts every number itself: neither receipts nor journal may have gaps. Names are written
 * in capitals everywhere: what a database makes of that differs, but each finds them again.
 */
final class TillSchema {
    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE ARTICLE (
              NUMBER INTEGER PRIMARY KEY,
              NAME VARCHAR(80) NOT NULL,
              PRICE {money} NOT NULL,
              VAT DECIMAL(4, 2) NOT NULL)""",
            """
            CREATE TABLE RECEIPT (
              NUMBER BIGINT PRIMARY KEY,
              Z INTEGER NOT NULL,
              SOLD_AT {instant} NOT NULL,
              TOTAL {money} NOT NULL,
              SIGNATURE VARCHAR(300) NOT NULL)""",
            """
            CREATE TABLE RECEIPT_LINE (
              RECEIPT BIGINT NOT NULL REFERENCES RECEIPT (NUMBER),
              LINE SMALLINT NOT NULL,
              ARTICLE INTEGER NOT NULL,
              QUANTITY SMALLINT NOT NULL,
              AMOUNT {money} NOT NULL,
              PRIMARY KEY (RECEIPT, LINE))""",
            """
            CREATE TABLE PAYMENT (
              RECEIPT BIGINT NOT NULL REFERENCES RECEIPT (NUMBER),
              PART SMALLINT NOT NULL,
              MEANS VARCHAR(20) NOT NULL,
              AMOUNT {money} NOT NULL,
              PRIMARY KEY (RECEIPT, PART))""",
            """
            CREATE TABLE JOURNAL (
              ID BIGINT PRIMARY KEY,
              WRITTEN_AT {instant} NOT NULL,
              EVENT VARCHAR(20) NOT NULL,
              Z INTEGER NOT NULL,
              RECEIPT BIGINT,
              NOTE VARCHAR(200) NOT NULL)""");

    private static final List<String> READS = List.of(
            "SELECT NUMBER, NAME, PRICE, VAT FROM ARTICLE LIMIT 1",
            "SELECT NUMBER, Z, SOLD_AT, TOTAL, SIGNATURE FROM RECEIPT LIMIT 1",
            "SELECT RECEIPT, LINE, ARTICLE, QUANTITY, AMOUNT FROM RECEIPT_LINE LIMIT 1",
            "SELECT RECEIPT, PART, MEANS, AMOUNT FROM PAYMENT LIMIT 1",
            "SELECT ID, WRITTEN_AT, EVENT, Z, RECEIPT, NOTE FROM JOURNAL LIMIT 1");

    private TillSchema() {}

    /** Creates the tables and the articles, without a receipt. */
    static void create(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table.replace("{money}", dialect.money()).replace("{instant}", dialect.instant())
                        + dialect.table());
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ARTICLE VALUES (?, ?, ?, ?)")) {
            for (Article article : Article.ALL) {
                insert.setInt(1, article.number());
                insert.setString(2, article.name());
                insert.setBigDecimal(3, article.price());
                insert.setBigDecimal(4, article.vat());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Reads a row of each table, so that a database of another program or a damaged one is found at once. */
    static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String read : READS) {
                statement.executeQuery(read).close();
            }
        }
    }
}
