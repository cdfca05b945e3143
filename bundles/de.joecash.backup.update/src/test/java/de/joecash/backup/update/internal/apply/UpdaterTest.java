package de.joecash.backup.update.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.update.internal.set.Refusal;
import de.joecash.backup.update.internal.set.SetRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an update does before it touches the framework. */
class UpdaterTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"set\":", "{}", "[]", "{\"set\": \"a\", \"replaced\": [null], \"added\": [], \"before\": []}"
            })
    void leavesWhatAnEarlierUpdateKeptWhereNobodyCanReadHowFarItWas(String journal) throws Exception {
        Files.writeString(directory.resolve("journal.json"), journal);
        Path kept = Files.createDirectory(directory.resolve("rollback")).resolve("0.jar");
        Files.writeString(kept, "what was installed");
        UpdateSettings settings = new UpdateSettings(List.of(), Duration.ofSeconds(1), Duration.ZERO);
        // Neither bundles nor their health are looked at.
        Updater updater =
                new Updater(null, null, new UpdateFolder(directory), settings, Optional::empty, new Stopping());

        assertThatExceptionOfType(SetRefused.class)
                .isThrownBy(() -> updater.update(directory.resolve("set.zip"), (key, words) -> {}))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNFINISHED));
        updater.finish();

        assertThat(kept).exists();
    }
}
