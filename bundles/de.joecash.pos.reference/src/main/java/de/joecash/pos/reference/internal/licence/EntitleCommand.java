package de.joecash.pos.reference.internal.licence;

import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The shell's {@code pos:entitle}. */
@Component(
        service = EntitleCommand.class,
        property = {"osgi.command.scope=pos", "osgi.command.function=entitle"})
public final class EntitleCommand {
    private static final String USAGE =
            "Usage: pos:entitle FEATURE on|off [UNTIL], e.g. pos:entitle +Backup on" + " 2027-01-01T00:00:00Z";

    private final Licences licences;

    /**
     * Takes the licence manager.
     *
     * @param licences grants and withdraws
     */
    @Activate
    public EntitleCommand(@Reference Licences licences) {
        this.licences = licences;
    }

    /**
     * Grants or withdraws a feature.
     *
     * @param arguments feature, {@code on} or {@code off}, and perhaps the end of the grant
     * @return what was done
     * @throws IOException if it cannot be kept
     */
    public String entitle(String... arguments) throws IOException {
        if (arguments.length == 2 && arguments[1].equals("off")) {
            Grant none = new Grant(arguments[0], Optional.empty());
            licences.withdraw(none.feature());
            return none.feature() + " is withdrawn.";
        }
        if (arguments.length < 2 || arguments.length > 3 || !arguments[1].equals("on")) {
            throw new IllegalArgumentException(USAGE);
        }
        Grant grant = new Grant(
                arguments[0], arguments.length == 3 ? Optional.of(Grant.instant(arguments[2])) : Optional.empty());
        licences.grant(grant);
        return grant.feature() + " is granted to " + grant.holder()
                + grant.validUntil().map(end -> " until " + end).orElse("") + ".";
    }
}
