package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortableDeflatingTest {
    /** What other machines have sent is made again in these bytes: they may never change. */
    @ParameterizedTest
    @CsvSource({
        "1, afda903837b551b7, f13525195f96f714",
        "2, 6bef5769c949fd12, 3bac626128e98e7f",
        "3, 3fdf6a2f7f53f089, 3bac626128e98e7f",
        "4, 13725729dcde7505, 098a69a05a959841",
        "5, 894ce4dbf169c92a, 098a69a05a959841",
        "6, c5bbba976bc294b4, 098a69a05a959841",
        "7, 4c2a068134aff4ce, 098a69a05a959841",
        "8, d0fea69da43eb850, 098a69a05a959841",
        "9, d0fea69da43eb850, 098a69a05a959841"
    })
    void makesTheSameBytesOnEveryMachine(int level, String ofLines, String ofNoise) {
        byte[] member = new byte[MemberFormat.MAX_STORED];

        int lines = DeltaMaker.again(ArchiveSamples.lines(300_000, 3), level, member);
        assertThat(new Sha256().digest(member, lines).toString()).startsWith(ofLines);
        int noise = DeltaMaker.again(ArchiveSamples.noise(300_000, 3), level, member);
        assertThat(new Sha256().digest(member, noise).toString()).startsWith(ofNoise);
    }
}
