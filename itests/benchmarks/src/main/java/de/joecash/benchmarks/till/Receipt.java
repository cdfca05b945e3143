package de.joecash.benchmarks.till;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One receipt of the made-up till: the same for the same number, always.
 *
 * @param id number, from 1
 * @param day business day
 * @param second second of the day at which it was closed
 * @param till number of the till, 1 to 3
 * @param cashier number of the cashier, 1 to 9
 * @param customer number of the customer, 0 if unknown
 * @param uuid the receipt's universal name
 * @param lines what was sold, at least one
 * @param card whether it was paid by card
 * @param tip cents on top of the total
 * @param signature what the security module signed, Base64
 */
record Receipt(
        long id,
        LocalDate day,
        int second,
        int till,
        int cashier,
        int customer,
        UUID uuid,
        List<Line> lines,
        boolean card,
        int tip,
        String signature) {
    private static final int A_DAY = 650;
    private static final int OPENING = 8 * 3600;
    private static final int OPEN_FOR = 12 * 3600;
    private static final int SIGNATURE_BYTES = 96;
    private static final LocalDate FIRST_DAY = LocalDate.of(2021, 1, 4);

    /**
     * One line of a receipt.
     *
     * @param article what was sold
     * @param quantity how many, at least 1
     * @param discount cents taken off the whole line
     */
    record Line(Article article, int quantity, int discount) {
        int cents() {
            return article.cents() * quantity - discount;
        }
    }

    static Receipt of(long id) {
        SplittableRandom random = new SplittableRandom(id);
        int ofDay = (int) (id % A_DAY);
        int second = OPENING + ofDay * OPEN_FOR / A_DAY + random.nextInt(OPEN_FOR / A_DAY);
        int customer = random.nextInt(10) < 3 ? 1 + random.nextInt(Customer.COUNT) : 0;
        UUID uuid = new UUID(random.nextLong(), random.nextLong());
        int count = 1 + Math.min(random.nextInt(6), random.nextInt(8));
        List<Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // The lower numbers sell more often than the higher ones.
            int number = 1 + Math.min(random.nextInt(Article.COUNT), random.nextInt(Article.COUNT));
            Article article = Article.of(number);
            int quantity = random.nextInt(5) == 0 ? 2 + random.nextInt(4) : 1;
            int discount = random.nextInt(20) == 0 ? article.cents() / 10 : 0;
            lines.add(new Line(article, quantity, discount));
        }
        byte[] signature = new byte[SIGNATURE_BYTES];
        random.nextBytes(signature);
        return new Receipt(
                id,
                FIRST_DAY.plusDays(id / A_DAY),
                second,
                1 + random.nextInt(3),
                1 + random.nextInt(9),
                customer,
                uuid,
                List.copyOf(lines),
                random.nextInt(10) < 6,
                random.nextInt(8) == 0 ? 50 * (1 + random.nextInt(8)) : 0,
                Base64.getEncoder().encodeToString(signature));
    }

    /** Second of the day at which the first article was entered. */
    int opened() {
        return second - 40;
    }

    int cents() {
        return lines.stream().mapToInt(Line::cents).sum();
    }
}
