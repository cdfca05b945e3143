package de.joecash.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private final Listing listing = new Listing("data-centre");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../up.gz",
                "sub/a.gz",
                "/etc/passwd",
                "back\\slash.gz",
                "a.gz\r\nDELE b.gz",
                "a.gz\n",
                "nul\0.gz",
                "\u001b[2Ja.gz",
                "Stra\uFFFDe.gz",
                "\u202Ezg.a",
                "a.gz.part",
                ".hidden"
            })
    void leavesOutWhatCannotBeOurs(String name) throws Exception {
        listing.add(name, 1);
        listing.add("k".repeat(121), 1);
        listing.add("k".repeat(256), 1);
        listing.add(null, 1);
        listing.add("other.gz", 2);

        assertThat(listing.files()).containsExactly(new StoredFile("other.gz", 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Listing.requirePlain(name));
    }

    @Test
    void leavesOutAFileWithoutALength() throws Exception {
        listing.add("a.gz", -1);

        assertThat(listing.files()).isEmpty();
    }

    @Test
    void refusesAListThatSaysOneNameTwice() throws Exception {
        listing.add("a.gz", 1);

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> listing.add("a.gz", 2))
                .satisfies(e -> assertThat(e.problem())
                        .isEqualTo(new Problem.ServerRefused("data-centre", "the list of files names a.gz twice")));
    }

    @Test
    void refusesAListThatDoesNotEnd() throws Exception {
        for (int i = 0; i < Listing.MOST; i++) {
            listing.add("no name", i);
        }

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> listing.add("a.gz", 1))
                .satisfies(e -> assertThat(e.problem())
                        .isEqualTo(new Problem.ServerRefused("data-centre", "the list of files does not end")));
    }
}
