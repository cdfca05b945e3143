package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherTillTest {
    private final InMemorySource front = new InMemorySource("front");
    private final InMemorySource back = new InMemorySource("back");

    @TempDir
    private Path folder;

    @Test
    void doesNotReplaceTheLiveDatabaseUnlessSomebodySaysSo() {
        front.rows(10);
        back.rows(20);
        String itsOwn = back.text();
        Backup backup;
        try (Shop shop = new Shop(folder, front)) {
            backup = shop.backup();
        }
        try (Shop shop = new Shop(folder, back)) {
            List<String> files = shop.files();

            assertThat(shop.fails(shop.core().restore(backup.id(), Optional.empty())))
                    .isEqualTo(new Problem.OtherTill("front", "back"));
            assertThat(back.targets).isEmpty();
            assertThat(back.text()).isEqualTo(itsOwn);
            assertThat(shop.files()).as("no safety backup").isEqualTo(files);

            shop.succeeds(shop.core().restore(backup.id(), Optional.of("elsewhere")));
            assertThat(back.text()).isEqualTo(itsOwn);

            Outcome.Succeeded adopted = shop.succeeds(shop.core().adopt(backup.id()));
            assertThat(adopted.proven()).contains(Outcome.Proof.ACTIVATED);
            assertThat(back.text()).isEqualTo(front.text());
        }
    }
}
