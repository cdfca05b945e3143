package de.joecash.benchmarks.till;

import java.util.SplittableRandom;

/**
 * A customer of the made-up till: the same for the same number, always.
 *
 * @param number from 1 to {@link #COUNT}
 * @param name first and last name
 * @param street street and number
 * @param town postal code and town
 * @param phone telephone number
 */
record Customer(int number, String name, String street, String town, String phone) {
    /** How many there are. */
    static final int COUNT = 12000;

    private static final String[] FIRST = {
        "Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hannes", "Ida", "Jürgen", "Käthe", "Lukas", "Mia"
    };
    private static final String[] LAST = {
        "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schäfer", "Koch", "Großmann"
    };
    private static final String[] STREETS = {"Hauptstraße", "Gartenweg", "Lindenallee", "Am Markt", "Schulstraße"};
    private static final String[] TOWNS = {"Musterstadt", "Neudorf", "Altheim", "Bad Beispiel"};

    static Customer of(int number) {
        SplittableRandom random = new SplittableRandom(-number);
        return new Customer(
                number,
                FIRST[random.nextInt(FIRST.length)] + " " + LAST[random.nextInt(LAST.length)],
                STREETS[random.nextInt(STREETS.length)] + " " + (1 + random.nextInt(140)),
                String.format("%05d", 1000 + random.nextInt(90000)) + " " + TOWNS[random.nextInt(TOWNS.length)],
                "0" + (100_000_000L + random.nextLong(9_000_000_000L)));
    }
}
