package de.joecash.backup.pos.internal;

import de.joecash.backup.spi.HostActivity;
import de.joecash.pos.activity.TillActivity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the till is doing, for the core; there while the host says it. */
@Component
public final class TillState implements HostActivity {
    private final TillActivity till;

    /** Creates the state. */
    @Activate
    public TillState(@Reference TillActivity till) {
        this.till = till;
    }

    @Override
    public State state() {
        if (till.saleUnderWay()) {
            return State.SELLING;
        }
        return till.open() ? State.OPEN : State.CLOSED;
    }
}
