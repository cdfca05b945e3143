package de.joecash.backup;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * What the host has sold in some time.
 *
 * @param receipts how many
 * @param turnover their sum, as the host counts it
 * @param currency of the turnover
 */
public record Sales(long receipts, BigDecimal turnover, Currency currency) {
    /** Checks that nothing is missing. */
    public Sales {
        Objects.requireNonNull(turnover, "turnover");
        Objects.requireNonNull(currency, "currency");
    }
}
