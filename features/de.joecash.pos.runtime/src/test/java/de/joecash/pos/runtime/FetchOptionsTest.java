package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchOptionsTest {
    private static final String MARK = "K7QX-2M9F-AB3D-WTRZ-58HN-VCEG";

    @Test
    void listsWhereNoBackupIsNamed() throws Refusal {
        FetchOptions options = FetchOptions.parse("fetch", "--from", "sftp://till7@backup.example.com/a/b");

        assertThat(options.backup()).isEmpty();
        assertThat(options.into()).isEqualTo(Path.of("").toAbsolutePath());
        RemotePlace place = RemotePlace.of(options);
        assertThat(place.word()).isEqualTo("'server:a/b'");
        assertThat(place.settings())
                .isEqualTo(Map.of("id", "server", "host", "backup.example.com", "user", "till7", "port", 22));
        assertThat(place.secret()).contains(".password");
    }

    @Test
    void takesTheBackupWhereverItStands() throws Refusal {
        FetchOptions options = FetchOptions.parse(
                "fetch", "42", "--from", "/media/usb0", "--fingerprint", MARK, "--key", "-", "--into", "/new");

        assertThat(options.backup()).contains("42");
        assertThat(options.option(FetchOptions.FINGERPRINT)).contains(MARK);
        assertThat(options.option(FetchOptions.KEY)).contains(FetchOptions.TYPED);
        assertThat(options.into()).isEqualTo(Path.of("/new"));
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://h/d, explicit, 21, false",
        "ftps://h:9990/d, implicit, 9990, false",
        "ftp://h/d, off, 21, true",
    })
    void speaksFtpByTlsUnlessClearTextIsAllowed(String from, String tls, int port, boolean cleartext) throws Refusal {
        RemotePlace place = RemotePlace.of(
                cleartext
                        ? FetchOptions.parse("fetch", "--from", from, "--user", "u", "--cleartext")
                        : FetchOptions.parse("fetch", "--from", from, "--user", "u"));

        assertThat(place.settings()).containsEntry("tls", tls).containsEntry("port", port);
        assertThat(place.settings()).containsEntry("allowCleartext", cleartext);
    }

    @Test
    void knowsBucketAndDirectoryOfAnObjectStore() throws Refusal {
        RemotePlace place = RemotePlace.of(
                FetchOptions.parse("fetch", "--from", "s3://store.example.com:9000/tills/salon/7", "--user", "ACCESS"));

        assertThat(place.word()).isEqualTo("'server:salon/7'");
        assertThat(place.settings())
                .containsEntry("endpoint", "https://store.example.com:9000")
                .containsEntry("bucket", "tills")
                .containsEntry("accessKey", "ACCESS")
                .doesNotContainKeys("user", "host");
        assertThat(place.configuration(Optional.of(new Secret("secret"))).get(".secretKey"))
                .isEqualTo("secret");
    }

    @Test
    void readsAFolderWithoutALogin(@TempDir Path folder) throws Refusal {
        RemotePlace place = RemotePlace.of(FetchOptions.parse("fetch", "--from", folder.toString()));

        assertThat(place.word()).isEqualTo("'medium:" + folder + "'");
        assertThat(place.secret()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from is missing | ",
                "Unknown option: --password. | --password geheim --from ftp://h",
                "Unknown option: --password=… | --password=geheim --from ftp://h",
                "Unknown option: 7. | --from ftp://h 6 7",
                "needs a value | --from",
                "is no fingerprint | --from ftp://h --fingerprint it's",
            })
    void refusesWhatItDoesNotUnderstand(String words, String arguments) {
        String[] all = ("fetch " + (arguments == null ? "" : arguments)).strip().split(" ");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> FetchOptions.parse(all))
                .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(Refusal.USAGE))
                .withMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({
        "gopher://h/d, is no address",
        "ftp:///d, is no address",
        "ftp://h/d' x, is no address",
        "ftp://h:70000/d, whole number",
        "s3://h/, names no bucket",
        "ftp://u:geheim@h/d, must not stand in the address",
        "ftp://u:ge@heim@h/d, must not stand in the address",
        "ftp://u:ge/heim@h/d, is no address",
        "sftp://h/a%27%3Bgogo:bla, is no address",
        "sftp://h/a%0Agogo:bla, is no address",
    })
    void refusesAnAddressThatCannotBeUsed(String from, String words) throws Refusal {
        FetchOptions options = FetchOptions.parse("fetch", "--from", from, "--user", "u");

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> RemotePlace.of(options))
                .withMessageContaining(words)
                .satisfies(refusal -> assertThat(refusal).hasMessageNotContainingAny("geheim", "heim@"));
    }

    @Test
    void takesAnAddressOfTheSixthVersion() throws Refusal {
        RemotePlace ftp = RemotePlace.of(FetchOptions.parse("fetch", "--from", "ftp://[::1]:2121/d", "--user", "u"));
        RemotePlace s3 = RemotePlace.of(FetchOptions.parse("fetch", "--from", "s3://[::1]:9000/b", "--user", "u"));

        assertThat(ftp.settings()).containsEntry("host", "::1").containsEntry("port", 2121);
        assertThat(s3.settings()).containsEntry("endpoint", "https://[::1]:9000");
    }
}
