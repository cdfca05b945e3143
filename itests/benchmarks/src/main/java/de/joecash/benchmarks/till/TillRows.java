package de.joecash.benchmarks.till;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes rows of a made-up till to standard output, tab-separated, {@code \N} for null: what PostgreSQL's {@code COPY},
 * MariaDB's {@code LOAD DATA} and H2's {@code CSVREAD} take. Equal arguments give equal bytes.
 *
 * <p>Usage: {@code TillRows TABLE FIRST LAST}, with the tables {@code article}, {@code customer}, {@code receipt},
 * {@code receipt_line}, {@code payment} and {@code journal}; {@code FIRST} and {@code LAST} are numbers of articles,
 * customers or, in all other tables, receipts; both are included. {@code TillRows text CHARACTERS} writes rows of
 * journal and lines in turn, at least that many characters.
 */
public final class TillRows {
    private static final int BUFFER = 1 << 16;
    private static final String LONG_AGO = "2021-01-04 07:00:00";
    private static final String TILL_SERIAL = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final Rows rows;

    private TillRows(Rows rows) {
        this.rows = rows;
    }

    /**
     * Writes the rows.
     *
     * @param arguments as the class says
     * @throws IOException if standard output cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8), BUFFER)) {
            if (arguments.length == 2 && arguments[0].equals("text")) {
                writeText(out, Long.parseLong(arguments[1]));
            } else if (arguments.length == 3) {
                TillRows till = new TillRows(new Rows(out));
                till.writeTable(arguments[0], Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
            } else {
                throw new IllegalArgumentException("TillRows TABLE FIRST LAST, or TillRows text CHARACTERS");
            }
        }
    }

    static void writeText(Writer out, long characters) throws IOException {
        Rows rows = new Rows(out);
        TillRows till = new TillRows(rows);
        for (long id = 1; rows.length() < characters; id++) {
            Receipt receipt = Receipt.of(id);
            till.writeJournal(receipt);
            till.writeLines(receipt);
        }
        rows.flush();
    }

    private void writeTable(String table, long first, long last) throws IOException {
        for (long id = first; id <= last; id++) {
            switch (table) {
                case "article" -> writeArticle(Article.of((int) id));
                case "customer" -> writeCustomer(Customer.of((int) id));
                case "receipt" -> writeReceipt(Receipt.of(id));
                case "receipt_line" -> writeLines(Receipt.of(id));
                case "payment" -> writePayment(Receipt.of(id));
                case "journal" -> writeJournal(Receipt.of(id));
                default -> throw new IllegalArgumentException("No table " + table);
            }
        }
        rows.flush();
    }

    private void writeArticle(Article article) throws IOException {
        rows.number(article.number())
                .text(article.name())
                .text(article.ean())
                .number(article.cents())
                .number(article.tax())
                .text(article.group())
                .text(LONG_AGO)
                .end();
    }

    private void writeCustomer(Customer customer) throws IOException {
        rows.number(customer.number())
                .text(customer.name())
                .text(customer.street())
                .text(customer.town())
                .text(customer.phone())
                .text(LONG_AGO)
                .end();
    }

    private void writeReceipt(Receipt receipt) throws IOException {
        rows.number(receipt.id())
                .number(receipt.till())
                .text(receipt.day().toString())
                .time(receipt.day(), receipt.opened())
                .time(receipt.day(), receipt.second())
                .number(receipt.cashier());
        if (receipt.customer() == 0) {
            rows.none();
        } else {
            rows.number(receipt.customer());
        }
        rows.text("ABGESCHLOSSEN")
                .number(receipt.cents())
                .text(receipt.uuid().toString())
                .end();
    }

    private void writeLines(Receipt receipt) throws IOException {
        int position = 0;
        for (Receipt.Line line : receipt.lines()) {
            position++;
            Article article = line.article();
            rows.number(receipt.id())
                    .number(position)
                    .number(article.number())
                    .text(article.name())
                    .number(line.quantity())
                    .number(article.cents())
                    .number(article.tax())
                    .number(line.discount())
                    .number(line.cents())
                    .time(receipt.day(), receipt.opened() + position)
                    .end();
        }
    }

    private void writePayment(Receipt receipt) throws IOException {
        rows.number(receipt.id())
                .text(receipt.card() ? "EC-KARTE" : "BAR")
                .number(receipt.cents() + receipt.tip())
                .number(receipt.tip());
        if (receipt.card()) {
            rows.text("T" + receipt.uuid().toString().substring(24));
        } else {
            rows.none();
        }
        rows.time(receipt.day(), receipt.second()).end();
    }

    private void writeJournal(Receipt receipt) throws IOException {
        int reduced = receipt.lines().stream()
                .filter(line -> line.article().tax() == 7)
                .mapToInt(Receipt.Line::cents)
                .sum();
        String data = "Beleg^" + euro(receipt.cents() - reduced) + "_" + euro(reduced) + "_0.00_0.00_0.00^"
                + euro(receipt.cents()) + (receipt.card() ? ":Unbar" : ":Bar");
        rows.number(receipt.id())
                .number(receipt.id())
                .text("Kassenbeleg-V1")
                .text(data)
                .number(2 * receipt.id() + 17)
                .time(receipt.day(), receipt.second())
                .text(TILL_SERIAL)
                .text(receipt.signature())
                .end();
    }

    private static String euro(int cents) {
        return cents / 100 + "." + cents / 10 % 10 + cents % 10;
    }
}
