package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Needed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that is shipped for Karaf, in a stock Karaf and by the words of the integrator's guide. */
class KarafIT {
    private static final Path SHIPPED =
            Path.of("../features/de.joecash.backup.features/target/shipped/joecash-backup.kar");

    @TempDir
    private Path directory;

    @Test
    void isInstalledBacksUpSendsAndIsTakenOutAgain() throws Exception {
        Needed.on(Runtime.version().feature() < 25, "a Java that Karaf 4.4 starts on");
        Path data = directory.resolve("data");
        try (KarafHost karaf = KarafHost.start(Files.createDirectory(directory.resolve("karaf")), data)) {
            String before = karaf.succeed("bundle:list -t 0 -s");
            karaf.succeed("kar:install file:" + SHIPPED.toRealPath());
            assertThat(karaf.succeed("feature:list")).contains("joecash-backup-all");

            karaf.succeed("feature:install joecash-backup-all");
            assertThat(karaf.succeed("bundle:list -s").lines().filter(line -> line.contains("de.joecash.")))
                    .hasSize(15)
                    .allMatch(line -> line.contains("Active"))
                    .noneMatch(line -> line.contains("de.joecash.pos.reference"));
            karaf.succeed("feature:install joecash-backup-demo");
            DemoHost pages = karaf.pages(data);
            DemoHost.await("a till that can be backed up", () -> ready(pages) ? true : null);
            assertThat(karaf.succeed("backup:create")).contains("made: ", "read back and equal");
            String made = pages.backup();
            assertThat(karaf.succeed("backup:list")).contains(made);
            pages.book(true);
            pages.succeed("send", "{\"backup\":\"" + made + "\"}");
            Delivered.assertThere(data.resolve("demo/data-centre"), made, ".sql", pages);

            karaf.succeed("kar:uninstall joecash-backup");
            assertThat(karaf.succeed("bundle:list -t 0 -s"))
                    .isEqualToNormalizingWhitespace(before)
                    .doesNotContain("joecash");
            assertThat(karaf.log().lines().filter(line -> line.contains("| ERROR |")))
                    .isEmpty();
        }
    }

    private static boolean ready(DemoHost host) {
        return host.status("/backup/") == 200 && !host.state().has("obstacle");
    }
}
