package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.testkit.SecretsPoll;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The password is in no process's arguments or environment, and in no file once a run is over. */
class SecretsTest extends ServerTest {
    @Test
    void noProcessShowsThePassword() throws Exception {
        till.execute(
                "CREATE TABLE journal(entry text)",
                "INSERT INTO journal SELECT CONCAT(REPEAT('Eintrag', 140), seq) FROM seq_1_to_60000");
        try (SecretsPoll poll = new SecretsPoll("Kanarien", Pattern.compile("--defaults-file=([^\0]+)"))) {
            byte[] text = dump();
            try (RestoreTarget target = source.target(Optional.of(MariadbTill.newName("place")))) {
                target.load(new ByteArrayInputStream(text), new Cancellation());
                target.contents(new Cancellation());
            }
            poll.assertNothingLeaked(List.of("mariadb-dump", "mariadb"));
        }
    }
}
