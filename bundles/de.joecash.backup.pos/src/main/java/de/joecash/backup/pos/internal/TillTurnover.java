package de.joecash.backup.pos.internal;

import de.joecash.backup.HostSales;
import de.joecash.backup.Sales;
import de.joecash.pos.activity.Sold;
import de.joecash.pos.activity.TillSales;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the till has sold, for the front ends; there while the host says it. */
@Component
public final class TillTurnover implements HostSales {
    private static final Logger LOG = LoggerFactory.getLogger(TillTurnover.class);

    private final TillSales till;

    /** Creates the figures. */
    @Activate
    public TillTurnover(@Reference TillSales till) {
        this.till = till;
    }

    @Override
    public Optional<Sales> since(Instant from) {
        try {
            Sold sold = till.since(from);
            return Optional.of(new Sales(sold.receipts(), sold.turnover(), sold.currency()));
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The till does not tell what it has sold since {}", from, e);
            return Optional.empty();
        }
    }
}
