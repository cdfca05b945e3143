package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.BackupService;
import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The bundles are updated just when an automatic backup is due: it is made all the same, and once. */
public class UpdateAtASlotIT extends TillContainer {
    /** A run that was cut off is tried again after a minute. */
    private static final Duration A_RETRY = Duration.ofSeconds(150);

    @Override
    protected int receipts() {
        return 20_000;
    }

    @Test
    public void theSlotIsCaughtUpOnce() throws Exception {
        DemoShell.run(context, "pos:entitle +Backup on");
        Await.asserted(A_RETRY, () -> assertThat(service(BackupService.class).current())
                .isPresent());
        Bundle core = ours().stream()
                .filter(bundle -> bundle.getSymbolicName().equals("de.joecash.backup.core"))
                .findFirst()
                .orElseThrow();

        core.update(NewerBundle.of(core));

        Await.asserted(A_RETRY, () -> assertThat(automatic()).hasSize(1).allMatch(Backup::good));
        Bundle schedule = ours().stream()
                .filter(bundle -> bundle.getSymbolicName().equals("de.joecash.backup.schedule"))
                .findFirst()
                .orElseThrow();
        schedule.update(NewerBundle.of(schedule));
        Await.asserted(PATIENCE, () -> assertThat(services("(objectClass=de.joecash.backup.AutomaticRuns)"))
                .hasSize(1));
        assertThat(automatic()).hasSize(1);
    }

    private List<Backup> automatic() {
        return service(BackupService.class).list().stream()
                .filter(backup -> backup.manifest().kind() == BackupKind.AUTOMATIC)
                .toList();
    }
}
