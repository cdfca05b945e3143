package de.joecash.pos.reference.internal.licence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {
    private static final Grant FOR_EVER = new Grant("+Backup", Optional.empty());
    private static final Grant FOR_A_TIME = new Grant("Loyalty", Optional.of(Instant.parse("2027-01-01T00:00:00Z")));

    @TempDir
    Path data;

    @Test
    void isKeptOnDisk() throws Exception {
        LicenceFile file = new LicenceFile(data.resolve("licences"));
        assertThat(file.read()).isEmpty();
        file.write(List.of(FOR_EVER, FOR_A_TIME));
        assertThat(file.read()).contains(List.of(FOR_EVER, FOR_A_TIME));
        file.write(List.of());
        assertThat(file.read()).contains(List.of());
        assertThat(data.resolve("licences")).isEmptyFile();
    }

    @Test
    void isNotGrantedByADamagedLine() throws Exception {
        Path file = data.resolve("licences");
        Files.writeString(file, "+Backup -\n+Backup\n\nLoyalty soon\n<b> -\n");
        assertThat(new LicenceFile(file).read()).contains(List.of(FOR_EVER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "a b", "+Backup\n", "ä", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void refusesWhatIsNoFeature(String feature) {
        assertThatThrownBy(() -> new Grant(feature, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isPlusBackupAtFirstUnlessTheFrameworkSaysOtherwise() {
        assertThat(Licences.atFirst(null)).containsExactly(FOR_EVER);
        assertThat(Licences.atFirst("")).isEmpty();
        assertThat(Licences.atFirst("A, +B")).extracting(Grant::feature).containsExactly("A", "+B");
    }
}
