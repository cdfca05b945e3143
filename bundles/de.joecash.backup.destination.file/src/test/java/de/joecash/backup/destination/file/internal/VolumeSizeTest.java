package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeSizeTest {
    @ParameterizedTest
    @CsvSource({
        "vfat,  4294967295,    4294967295",
        "vfat,  4294967296,    2147483648",
        "vfat,  5000000000,    2147483648",
        "vfat,  2500000000000, 2502502503",
        "exfat, 5000000000,    5000000000",
        "ext4,  5000000000,    5000000000"
    })
    void isTwoGibibytesWhereTheFormatDoesNotHoldTheFile(String type, long length, long volume) {
        assertThat(new VolumeSize(0).of(medium(type), length)).isEqualTo(volume);
    }

    @ParameterizedTest
    @CsvSource({"1, 1048576, 1048576", "1, 1048577, 1048576", "1, 2000000000, 2002003", "100, 90000000, 90000000"})
    void isTheConfiguredOneWhereThatMakesNoMoreThanCanBeCounted(int megabytes, long length, long volume) {
        assertThat(VolumeSize.ofMegabytes(megabytes).of(medium("ext4"), length)).isEqualTo(volume);
    }

    @Test
    void isNeverMoreThanTheFormatHolds() {
        assertThat(VolumeSize.ofMegabytes(10_000).of(medium("vfat"), 20_000_000_000L))
                .isEqualTo((1L << 32) - 1);
    }

    private static Medium medium(String type) {
        Path stick = Path.of("/media/usb0");
        Mounts.Mount mount = new Mounts.Mount(stick, "8:17", type);
        return new Medium(stick.toString(), stick, Optional.empty(), Optional.of(mount), true);
    }
}
