package de.joecash.pos.activity;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what the till is doing right now. Plug-ins with heavy work slow down while the till sells and use the whole
 * machine when it is closed.
 *
 * <p>The host registers one OSGi service. Plug-ins ask up to ten thousand times a second, from any thread, also from
 * one that is in the host's database: both methods are thread-safe, answer at once, from memory, and wait for no lock
 * that a sale holds. A host without this service is taken for one that is open.
 *
 * <pre>{@code
 * context.registerService(TillActivity.class, new TillActivity() {
 *     public boolean open() {
 *         return day.isOpen();
 *     }
 *
 *     public boolean saleUnderWay() {
 *         return booking; // volatile; set when a receipt is paid, cleared when its transaction has ended
 *     }
 * }, null);
 * }</pre>
 */
@ConsumerType
public interface TillActivity {
    /**
     * Says whether the till is open for business.
     *
     * @return {@code true} from the opening of the business day to its closing; {@code false} only where no sale is
     *     expected before the day is opened again
     */
    boolean open();

    /**
     * Says whether a sale is being booked at this instant.
     *
     * @return {@code true} while a person waits for a sale's transaction; a receipt that is merely being keyed in is no
     *     sale yet
     */
    boolean saleUnderWay();
}
