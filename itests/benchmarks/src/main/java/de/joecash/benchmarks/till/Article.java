package de.joecash.benchmarks.till;

import java.util.SplittableRandom;

/**
 * An article of the made-up till: the same for the same number, always.
 *
 * @param number from 1 to {@link #COUNT}
 * @param name what the receipt says
 * @param ean its bar code, 13 digits
 * @param cents price of one, value added tax included
 * @param tax value added tax, percent
 * @param group group of goods
 */
record Article(int number, String name, String ean, int cents, int tax, String group) {
    /** How many there are. */
    static final int COUNT = 20000;

    private static final String[] GROUPS = {"Schnitt", "Farbe", "Pflege", "Getränke", "Speisen", "Verkaufsware"};
    private static final String[] KINDS = {
        "Shampoo", "Spülung", "Haarspray", "Waschen & Föhnen", "Strähnen", "Kaffee", "Cappuccino", "Apfelkuchen",
        "Kräutertee", "Bürste", "Haarkur", "Bartpflege", "Frühstück", "Gutschein", "Tönung", "Gel"
    };
    private static final String[] SIZES = {"klein", "mittel", "groß", "250 ml", "500 ml", "1 l", "Set", "Aktion"};
    private static final Article[] ALL = new Article[COUNT + 1];

    static {
        for (int number = 1; number <= COUNT; number++) {
            ALL[number] = make(number);
        }
    }

    static Article of(int number) {
        return ALL[number];
    }

    private static Article make(int number) {
        SplittableRandom random = new SplittableRandom(number);
        String name = KINDS[random.nextInt(KINDS.length)] + " " + SIZES[random.nextInt(SIZES.length)] + " " + number;
        return new Article(
                number,
                name,
                String.format("40%011d", random.nextLong(100_000_000_000L)),
                90 + 10 * random.nextInt(900),
                random.nextInt(4) == 0 ? 7 : 19,
                GROUPS[random.nextInt(GROUPS.length)]);
    }
}
