package de.joecash.pos.reference.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.reference.internal.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoVendorTest {
    private final StoredConfigurations configurations = new StoredConfigurations();

    @TempDir
    Path directory;

    @Test
    void theDemoSealsToAKeyWhosePrivateHalfItHandsOut() throws Exception {
        start();

        Path key = directory.resolve("data/demo/vendor.key");
        assertThat(key).content().contains("public knowledge", DemoVendor.recipient(), "\nAGE-SECRET-KEY-1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat((String[])
                        configurations.stored.get("de.joecash.backup.core").get("recipients"))
                .containsExactly(DemoVendor.recipient());
    }

    @Test
    void whatAnAdministratorSetIsKept() throws Exception {
        start();
        configurations.stored.get("de.joecash.backup.core").remove("recipients");
        Files.writeString(directory.resolve("data/demo/vendor.key"), "mine");
        start();

        assertThat(configurations.stored.get("de.joecash.backup.core")).doesNotContainKey("recipients");
        assertThat(directory.resolve("data/demo/vendor.key")).hasContent("mine");
    }

    private void start() throws Exception {
        new StandIns(new DataDirectory(directory.resolve("data")), configurations.admin()).stop();
    }
}
