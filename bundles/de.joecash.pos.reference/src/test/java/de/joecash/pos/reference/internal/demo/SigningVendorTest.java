package de.joecash.pos.reference.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.reference.internal.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningVendorTest {
    private final StoredConfigurations configurations = new StoredConfigurations();

    @TempDir
    Path directory;

    @Test
    void theDemoTakesSetsThatAreSignedByTheKeyThatLiesThere() throws Exception {
        new StandIns(new DataDirectory(directory.resolve("data")), configurations.admin()).stop();

        Path key = directory.resolve("data/demo/update.key");
        String[] keys =
                (String[]) configurations.stored.get("de.joecash.backup.update").get("keys");
        assertThat(keys).hasSize(1);
        assertThat(Files.readString(key)).contains("-----BEGIN PRIVATE KEY-----", "\n" + keys[0] + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void theKeyStaysTheSame() throws Exception {
        assertThat(SigningVendor.publicKey(directory)).isEqualTo(SigningVendor.publicKey(directory));
    }
}
