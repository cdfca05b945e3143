package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Sales;
import de.joecash.pos.activity.Sold;
import de.joecash.pos.activity.TillSales;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class TillTurnoverTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void handsOnWhatTheTillSays() {
        TillSales till = from -> new Sold(from.equals(NOON) ? 87 : 0, new BigDecimal("1234.50"), EURO);

        assertThat(new TillTurnover(till).since(NOON)).contains(new Sales(87, new BigDecimal("1234.50"), EURO));
    }

    @Test
    void saysNothingWhereTheTillCannotTell() {
        TillSales away = from -> {
            throw new SQLException("no connection");
        };
        TillSales broken = from -> {
            throw new IllegalStateException("stopping");
        };

        for (TillSales till : List.of(away, broken)) {
            assertThat(new TillTurnover(till).since(NOON)).isEmpty();
        }
    }
}
