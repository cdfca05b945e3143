package de.joecash.pos.reference.internal.till;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** One sale. The lines' amounts, and the payments', each add up to the total. */
record Receipt(long number, int z, OffsetDateTime soldAt, String signature, List<Line> lines, List<Payment> payments) {
    private static final int SIGNATURE_BYTES = 150;

    record Line(Article article, int quantity, BigDecimal amount) {}

    record Payment(String means, BigDecimal amount) {}

    Receipt {
        lines = List.copyOf(lines);
        payments = List.copyOf(payments);
    }

    BigDecimal total() {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Makes up a plausible sale. */
    static Receipt random(long number, int z, OffsetDateTime soldAt, SplittableRandom random) {
        List<Line> lines = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Article article = Article.ALL.get(random.nextInt(Article.ALL.size()));
            int quantity = random.nextInt(8) == 0 ? 2 : 1;
            BigDecimal amount = article.price().multiply(BigDecimal.valueOf(quantity));
            lines.add(new Line(article, quantity, amount));
            total = total.add(amount);
        }
        byte[] signature = new byte[SIGNATURE_BYTES];
        random.nextBytes(signature);
        return new Receipt(
                number, z, soldAt, Base64.getEncoder().encodeToString(signature), lines, payments(total, random));
    }

    private static List<Payment> payments(BigDecimal total, SplittableRandom random) {
        BigDecimal voucher = new BigDecimal("10.00");
        String rest = random.nextInt(3) == 0 ? "BAR" : "EC-KARTE";
        if (random.nextInt(10) == 0 && total.compareTo(voucher) > 0) {
            return List.of(new Payment("GUTSCHEIN", voucher), new Payment(rest, total.subtract(voucher)));
        }
        return List.of(new Payment(rest, total));
    }
}
