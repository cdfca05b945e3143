package de.joecash.pos.reference.internal.closing;

import de.joecash.pos.closing.Closing;
import de.joecash.pos.reference.internal.till.TillService;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The shell's {@code pos:close-day}; a function of its own, since no method can have a hyphen in its name. */
@Component(
        service = Function.class,
        property = {"osgi.command.scope=pos", "osgi.command.function=close-day"})
public final class CloseDayCommand implements Function {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TillService till;
    private final Closings closings;

    /**
     * Takes what a closing needs.
     *
     * @param till whose day ends
     * @param closings whom to tell
     */
    @Activate
    public CloseDayCommand(@Reference TillService till, @Reference Closings closings) {
        this.till = till;
        this.closings = closings;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws SQLException {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException("pos:close-day takes no arguments");
        }
        int z = till.till().closeDay();
        Closings.Told told = closings.tell(Closing.Reason.DAY_CLOSED, LIMIT);
        return "Day closed, Z " + z + ". Participants told: " + told.participants()
                + (told.inTime() ? ", all done." : ", not all done within " + LIMIT.toSeconds() + " s.");
    }
}
