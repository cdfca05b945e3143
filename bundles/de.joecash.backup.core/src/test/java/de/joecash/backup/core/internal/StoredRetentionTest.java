package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Fate;
import de.joecash.backup.Problem;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.testkit.InMemoryConfiguration;
import de.joecash.backup.testkit.Samples;
import java.lang.reflect.Proxy;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What somebody changes about retention holds at once, and is what the framework hands over at the next start. */
class StoredRetentionTest {
    private final InMemoryConfiguration configuration = new InMemoryConfiguration("de.joecash.backup.core.retention");
    private final Map<String, Object> stored = configuration.stored();
    private final StoredRetention retention = new StoredRetention(config(30, 3), configuration.admin());

    @Test
    void keepsOtherRulesAndTheRestAsItIs() throws Exception {
        stored.put("service.ranking", 7);

        retention.change(new RetentionRules(5, 2));

        assertThat(retention.rules()).isEqualTo(new RetentionRules(5, 2));
        assertThat(retention.present().rules()).isEqualTo(retention.rules());
        assertThat(stored).isEqualTo(Map.of("keep", 5, "keepSafety", 2, "service.ranking", 7));
    }

    @Test
    void aPreviewShowsOtherRulesAndChangesNothing() {
        List<Backup> backups = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> Samples.backup(
                        i,
                        BackupKind.MANUAL,
                        ZonedDateTime.parse("2026-11-22T07:00:00+01:00").plusDays(i)))
                .toList();

        Map<BackupId, Fate> fates = retention.preview(new RetentionRules(2, 1), backups);

        assertThat(backups.stream().map(backup -> fates.get(backup.id())))
                .containsExactly(Fate.GOES, Fate.GOES, Fate.NEWEST);
        assertThat(retention.rules()).isEqualTo(new RetentionRules(30, 3));
        assertThat(stored).isEmpty();
    }

    @Test
    void followsWhatAnAdministratorConfiguresAndNotWhatCannotBe() {
        retention.reload(config(60, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> retention.reload(config(0, 3)));

        assertThat(retention.rules()).isEqualTo(new RetentionRules(60, 4));
    }

    /** Else there were no backups from the next start on. */
    @Test
    void beginsWithTheUsualRulesWhereThoseConfiguredCannotBe() {
        assertThat(new StoredRetention(config(0, 3), configuration.admin()).rules())
                .isEqualTo(new RetentionRules(30, 3));
    }

    @Test
    void saysWhereOtherRulesCannotBeKeptAndKeepsTheFormerOnes() {
        configuration.fill();

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> retention.change(new RetentionRules(1, 1)))
                .satisfies(refused ->
                        assertThat(refused.problem()).isEqualTo(new Problem.Unexpected("No space left on device")));
        assertThat(retention.rules()).isEqualTo(new RetentionRules(30, 3));
    }

    private static StoredRetention.Config config(int keep, int keepSafety) {
        return (StoredRetention.Config) Proxy.newProxyInstance(
                StoredRetention.Config.class.getClassLoader(),
                new Class<?>[] {StoredRetention.Config.class},
                (proxy, method, arguments) -> method.getName().equals("keep") ? keep : keepSafety);
    }
}
