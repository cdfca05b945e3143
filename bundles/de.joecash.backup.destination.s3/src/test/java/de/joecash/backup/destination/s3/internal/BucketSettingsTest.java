package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.remote.Trusted;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"https://s3.example.com", "https://192.0.2.1:9000", "https://[2001:db8::1]:9000/", "http://a"})
    void takesAddresses(String endpoint) {
        assertThatCode(() -> settings("data-centre", endpoint, "tills", "till", "secret", 8, 0, "governance", ""))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    Data Centre, https://a,     tills, till,   secret,  8, 0,  governance, '',      id
                    medium,      https://a,     tills, till,   secret,  8, 0,  governance, '',      id
                    data-centre, '',            tills, till,   secret,  8, 0,  governance, '',      endpoint
                    data-centre, ftp://a,       tills, till,   secret,  8, 0,  governance, '',      endpoint
                    data-centre, https://u:p@a, tills, till,   secret,  8, 0,  governance, '',      endpoint
                    data-centre, https://a/b,   tills, till,   secret,  8, 0,  governance, '',      endpoint
                    data-centre, https://a?b,   tills, till,   secret,  8, 0,  governance, '',      endpoint
                    data-centre, https://a b,   tills, till,   secret,  8, 0,  governance, '',      endpoint
                    data-centre, https://a:0,   tills, till,   secret,  8, 0,  governance, '',      endpoint
                    data-centre, https://a,     a/b,   till,   secret,  8, 0,  governance, '',      bucket
                    data-centre, https://a,     ..,    till,   secret,  8, 0,  governance, '',      bucket
                    data-centre, https://a,     tills, 'a b',  secret,  8, 0,  governance, '',      accessKey
                    data-centre, https://a,     tills, 'a/b',  secret,  8, 0,  governance, '',      accessKey
                    data-centre, https://a,     tills, till,   '',      8, 0,  governance, '',      secretKey
                    data-centre, https://a,     tills, till,   secret,  4, 0,  governance, '',      partMegabytes
                    data-centre, https://a,     tills, till,   secret, 513, 0, governance, '',      partMegabytes
                    data-centre, https://a,     tills, till,   secret, 4096, 0, governance, '',     partMegabytes
                    data-centre, https://a,     tills, till,   secret,  8, -1, governance, '',      lockDays
                    data-centre, https://a,     tills, till,   secret,  8, 9,  always,     '',      lockMode
                    data-centre, https://a,     tills, till,   secret,  8, 0,  governance, a.pem,   certificates
                    """)
    void namesWhatIsWrong(
            String id,
            String endpoint,
            String bucket,
            String accessKey,
            String secretKey,
            int megabytes,
            int lockDays,
            String lockMode,
            String certificates,
            String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(
                        id, endpoint, bucket, accessKey, secretKey, megabytes, lockDays, lockMode, certificates))
                .withMessageContaining(word)
                .withMessageNotContaining("secret,");
    }

    @Test
    void takesNoPinThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trusted(Optional.empty(), Set.of("sha256/abc")))
                .withMessageContaining("pins");
    }

    @Test
    void doesNotShowTheSecret() {
        assertThat(settings("data-centre", "https://a", "tills", "till", "geheim", 8, 0, "compliance", "")
                        .toString())
                .doesNotContain("geheim");
    }

    @Test
    void tellsWhereItIsWithoutKeys() {
        BucketSettings settings = settings(
                "data-centre", "https://[2001:db8::1]:9000", "tills", "till", "geheim", 8, 0, "governance", "");

        assertThat(new S3Provider(settings, Clock.systemUTC()).address())
                .isEqualTo("https://[2001:db8::1]:9000, bucket tills");
    }

    private static BucketSettings settings(
            String id,
            String endpoint,
            String bucket,
            String accessKey,
            String secretKey,
            int megabytes,
            int lockDays,
            String lockMode,
            String certificates) {
        Map<String, Object> values = Map.of(
                "id", id,
                "endpoint", endpoint,
                "bucket", bucket,
                "accessKey", accessKey,
                "_secretKey", secretKey,
                "partMegabytes", megabytes,
                "lockDays", lockDays,
                "lockMode", lockMode,
                "certificates", certificates);
        InvocationHandler given =
                (proxy, method, none) -> values.getOrDefault(method.getName(), method.getDefaultValue());
        return BucketSettings.of((BucketConfiguration) Proxy.newProxyInstance(
                BucketConfiguration.class.getClassLoader(), new Class<?>[] {BucketConfiguration.class}, given));
    }
}
