package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.BackupService;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** The bundles are updated just when an automatic backup is due: it is made all the same, and once. */
public class UpdateAtASlotIT extends TillContainer {
    /** A run that was cut off is tried again after a minute. */
    private static final Duration A_RETRY = Duration.ofSeconds(150);

    private static final String SCHEDULE = "de.joecash.backup.schedule";

    @Override
    protected int receipts() {
        return 20_000;
    }

    @Test
    public void theSlotIsCaughtUpOnce() throws Exception {
        dueOnceADayHoursAgo();
        DemoShell.run(context, "pos:entitle +Backup on");
        Await.asserted(A_RETRY, () -> assertThat(service(BackupService.class).current())
                .isPresent());
        Bundle core = bundle("de.joecash.backup.core");

        core.update(NewerBundle.of(core));

        Await.asserted(A_RETRY, () -> assertThat(automatic()).hasSize(1).allMatch(Backup::good));
        Bundle schedule = bundle(SCHEDULE);
        schedule.update(NewerBundle.of(schedule));
        Await.asserted(PATIENCE, () -> assertThat(services("(objectClass=de.joecash.backup.AutomaticRuns)"))
                .hasSize(1));
        assertThat(automatic()).hasSize(1);
    }

    /** No other slot comes while this one is caught up, whatever time it is. A bundle that starts reads what is set. */
    private void dueOnceADayHoursAgo() throws Exception {
        LocalTime time = LocalTime.now(ZoneId.of("Europe/Berlin")).minusHours(6).truncatedTo(ChronoUnit.MINUTES);
        bundle(SCHEDULE).stop();
        service(ConfigurationAdmin.class)
                .getConfiguration(SCHEDULE, "?")
                .update(FrameworkUtil.asDictionary(Map.of("times", new String[] {time.toString()})));
        bundle(SCHEDULE).start();
    }

    private Bundle bundle(String symbolicName) {
        return ours().stream()
                .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }

    private List<Backup> automatic() {
        return service(BackupService.class).list().stream()
                .filter(backup -> backup.manifest().kind() == BackupKind.AUTOMATIC)
                .toList();
    }
}
