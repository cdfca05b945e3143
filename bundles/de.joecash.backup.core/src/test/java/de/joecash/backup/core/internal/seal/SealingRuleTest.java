package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.Capabilities;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealingRuleTest {
    private final Recipients somebody =
            new Recipients(List.of(Sealed.opener(Sealed.newIdentity()).recipient()));

    @Test
    void whatLeavesTheServerIsSealed() throws BackupException {
        assertThat(new SealingRule(true, false, somebody).sealer("data-centre", false, place(true, true)))
                .isPresent();
        assertThat(new SealingRule(true, false, somebody).sealer("data-centre", false, place(true, false)))
                .isPresent();
    }

    @Test
    void theMediumAndWhatStaysOnTheServerAreInTheClear() throws BackupException {
        for (SealingRule rule : List.of(
                new SealingRule(true, false, somebody),
                new SealingRule(true, false, Recipients.none()),
                new SealingRule(false, false, Recipients.none()))) {
            assertThat(rule.sealer("medium", true, place(true, true))).isEmpty();
            assertThat(rule.sealer("folder", false, place(false, false))).isEmpty();
        }
    }

    @Test
    void whereNobodyCouldOpenItItIsRefused() {
        assertThatThrownBy(() ->
                        new SealingRule(true, false, Recipients.none()).sealer("data-centre", false, place(true, true)))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.problem()).isEqualTo(new Problem.RecipientMissing()));
    }

    @Test
    void switchedOffItGoesInTheClearOnlyWhereNobodyOnTheWayCanReadIt() throws BackupException {
        SealingRule off = new SealingRule(false, false, somebody);

        assertThat(off.sealer("data-centre", false, place(true, true))).isEmpty();
        assertThatThrownBy(() -> off.sealer("data-centre", false, place(true, false)))
                .isInstanceOfSatisfying(BackupException.class, e -> assertThat(e.problem())
                        .isEqualTo(new Problem.CleartextRefused("data-centre")));
    }

    private static Capabilities place(boolean offServer, boolean confidential) {
        return new Capabilities(offServer, Long.MAX_VALUE, Copy.Proof.CONTENT_EQUAL, true, confidential);
    }
}
