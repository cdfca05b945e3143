package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.DatabaseException;
import java.sql.SQLException;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The shell's {@code pos:sales} and {@code pos:lose}. */
@Component(
        service = SalesCommand.class,
        property = {"osgi.command.scope=pos", "osgi.command.function=sales", "osgi.command.function=lose"})
public final class SalesCommand {
    private final Till till;

    /**
     * Takes the till.
     *
     * @param service runs it
     */
    @Activate
    public SalesCommand(@Reference TillService service) {
        this.till = service.till();
    }

    /**
     * Checks the books through.
     *
     * @return what they say, for people
     * @throws SQLException if they cannot be read
     */
    public String sales() throws SQLException {
        Books books = till.books();
        String report = String.format(
                Locale.ROOT,
                """
                Receipts          %d
                Last number       %d
                Sales a second    %.1f (over the last 10 s)
                Sum of receipts   %s
                Sum of lines      %s
                Sum of payments   %s
                Numbers           %s
                Sums              %s""",
                books.receipts(),
                books.last(),
                till.status().perSecond(),
                books.total(),
                books.lines(),
                books.paid(),
                books.gapless() ? "without a gap" : "WITH GAPS: from " + books.first() + " to " + books.last(),
                books.balanced() ? "equal" : "NOT EQUAL");
        if (!books.gapless() || !books.balanced()) {
            throw new IllegalStateException("The books are wrong.\n" + report);
        }
        return report;
    }

    /**
     * Throws every receipt away, where that is really wanted.
     *
     * @param sure {@code --yes}
     * @return what was done
     * @throws DatabaseException if the old database stays in place
     * @throws SQLException if no empty one could be made
     */
    public String lose(String... sure) throws DatabaseException, SQLException {
        if (sure.length != 1 || !"--yes".equals(sure[0])) {
            throw new IllegalArgumentException("This throws every receipt of the till away. To do it: pos:lose --yes");
        }
        till.lose();
        return "The till's database is gone. It sells on with an empty one; restore a backup to get everything back.";
    }
}
