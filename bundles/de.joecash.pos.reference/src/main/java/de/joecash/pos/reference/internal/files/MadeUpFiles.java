package de.joecash.pos.reference.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Files as a till has them, the same each time: a few images of receipts, an export of the TSE, settings.
 *
 * @param folder where they go
 */
record MadeUpFiles(Path folder) {
    private static final int RECEIPTS = 24;

    void write() throws IOException {
        SplittableRandom random = new SplittableRandom(4711);
        Path receipts = Files.createDirectories(folder.resolve("receipts"));
        StringBuilder export = new StringBuilder("transaction;receipt;signature\n");
        for (int number = 1; number <= RECEIPTS; number++) {
            Files.writeString(
                    receipts.resolve(String.format(Locale.ROOT, "%06d.svg", number)),
                    image(number, random.nextInt(5, 120), random.nextInt(100)));
            export.append(number)
                    .append(';')
                    .append(number)
                    .append(';')
                    .append(Long.toHexString(random.nextLong()))
                    .append('\n');
        }
        Path exports = Files.createDirectories(folder.resolve("tse"));
        Files.writeString(exports.resolve("export-0001.csv"), export);
        Path settings = Files.createDirectories(folder.resolve("settings"));
        Files.writeString(settings.resolve("printer.properties"), "paper = 80 mm\nlogo = on\n");
    }

    private static String image(int number, int euros, int cents) {
        return String.join(
                "\n",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"120\" font-family=\"monospace\">",
                "  <text x=\"10\" y=\"30\">Salon Sonnenschein</text>",
                "  <text x=\"10\" y=\"60\">Beleg " + number + "</text>",
                "  <text x=\"10\" y=\"90\">Summe " + euros + "," + (cents < 10 ? "0" : "") + cents + " EUR</text>",
                "</svg>",
                "");
    }
}
