package de.joecash.pos.activity;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * What was sold in some time.
 *
 * @param receipts how many, not negative
 * @param turnover their sum, gross; voids make it less
 * @param currency of the turnover
 */
public record Sold(long receipts, BigDecimal turnover, Currency currency) {
    /** Checks that nothing is missing. */
    public Sold {
        if (receipts < 0) {
            throw new IllegalArgumentException("Fewer than no receipts: " + receipts);
        }
        Objects.requireNonNull(turnover, "turnover");
        Objects.requireNonNull(currency, "currency");
    }
}
