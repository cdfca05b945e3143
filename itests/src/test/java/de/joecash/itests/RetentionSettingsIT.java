package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupService;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.RetentionSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** How many backups are kept is kept by Config Admin, and the core goes on while it is changed. */
public class RetentionSettingsIT extends TillContainer {
    private static final String CORE = "de.joecash.backup.core";
    private static final RetentionRules USUAL = new RetentionRules(30, 3);

    @Test
    public void otherRulesHoldAtOnceAndEndNothing() throws Exception {
        service(BackupService.class);
        ServiceReference<BackupService> core = context.getServiceReference(BackupService.class);
        await(USUAL);

        service(RetentionSettings.class).change(new RetentionRules(7, 2));
        await(new RetentionRules(7, 2));
        Configuration stored = service(ConfigurationAdmin.class).getConfiguration(CORE + ".retention", "?");
        try {
            assertThat(FrameworkUtil.asMap(stored.getProperties()))
                    .containsEntry("keep", 7)
                    .containsEntry("keepSafety", 2);

            stored.update(FrameworkUtil.asDictionary(Map.of("keep", 9)));
            await(new RetentionRules(9, 3));
        } finally {
            stored.delete();
            await(USUAL);
        }
        assertThat(context.getServiceReference(BackupService.class)).isEqualTo(core);
    }

    @Test
    public void whatIsSetAmongTheCoresCountsUntilThereAreOthers() throws Exception {
        await(USUAL);
        Configuration configuration = service(ConfigurationAdmin.class).getConfiguration(CORE, "?");
        Map<String, Object> before = Map.copyOf(FrameworkUtil.asMap(configuration.getProperties()));
        try {
            Map<String, Object> more = new HashMap<>(before);
            more.put("keep", 12);
            configuration.update(FrameworkUtil.asDictionary(more));
            await(new RetentionRules(12, 3));
            service(RetentionSettings.class).change(new RetentionRules(5, 1));
            await(new RetentionRules(5, 1));
            ServiceReference<BackupService> core = context.getServiceReference(BackupService.class);
            more.put("keep", 13);
            configuration.update(FrameworkUtil.asDictionary(more));
            Await.asserted(PATIENCE, () -> assertThat(context.getServiceReference(BackupService.class))
                    .isNotNull()
                    .isNotEqualTo(core));
            await(new RetentionRules(5, 1));
        } finally {
            configuration.update(FrameworkUtil.asDictionary(before));
            service(ConfigurationAdmin.class)
                    .getConfiguration(CORE + ".retention", "?")
                    .delete();
            await(USUAL);
        }
    }

    private void await(RetentionRules rules) {
        Await.asserted(
                PATIENCE,
                () -> assertThat(service(RetentionSettings.class).rules()).isEqualTo(rules));
    }
}
