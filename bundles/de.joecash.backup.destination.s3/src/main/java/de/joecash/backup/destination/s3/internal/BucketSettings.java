package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.remote.Patience;
import de.joecash.backup.remote.Settings;
import de.joecash.backup.remote.Trusted;
import de.joecash.backup.spi.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * A configuration that was checked.
 *
 * @param partBytes how long a part of an upload is; an upload needs memory for two
 */
record BucketSettings(
        String id, Store store, Account account, Trusted trusted, int partBytes, Lock lock, Patience patience) {
    private static final int MOST_LOCK_DAYS = 36_500;

    /** Which bucket, and where. */
    record Store(URI endpoint, boolean allowCleartext, String region, String bucket, boolean pathStyle) {
        Store {
            Settings.require(
                    rightEndpoint(endpoint), "endpoint must be https://NAME or https://NAME:PORT, nothing else");
            Settings.require(region != null && region.matches("[a-z0-9-]{1,64}"), "region must be a-z, 0-9 and -");
            Settings.require(
                    bucket != null && bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]"),
                    "bucket must be 3 to 63 characters of a-z, 0-9, . and -");
        }

        /** Says whether nobody on the way can read what is sent. */
        boolean confidential() {
            return endpoint.getScheme().equalsIgnoreCase("https");
        }

        /** Where it is, as somebody has to enter it elsewhere. */
        String address() {
            return endpoint + ", bucket " + bucket;
        }

        private static boolean rightEndpoint(URI endpoint) {
            return endpoint != null
                    && endpoint.getScheme() != null
                    && endpoint.getScheme().toLowerCase(Locale.ROOT).matches("https?")
                    && endpoint.getHost() != null
                    && endpoint.getPort() != 0
                    && endpoint.getPort() <= 65_535
                    && endpoint.getRawUserInfo() == null
                    && endpoint.getRawPath().matches("/?")
                    && endpoint.getRawQuery() == null
                    && endpoint.getRawFragment() == null;
        }
    }

    /** Who asks. */
    record Account(String accessKey, Secret secretKey) {
        Account {
            Objects.requireNonNull(secretKey, "secretKey");
            Settings.require(
                    accessKey != null && accessKey.matches("[!-+\\--~&&[^/]]{1,128}"),
                    "accessKey must be 1 to 128 visible characters, without / and comma");
            Settings.require(!secretKey.isEmpty(), "secretKey must not be empty");
            Settings.require(
                    secretKey.use(characters -> Settings.plain(new String(characters))),
                    "secretKey must not hold control characters");
        }
    }

    /**
     * How long what was sent cannot be removed.
     *
     * @param days 0 for no lock
     * @param mode whether nobody at all can, or those who may in the store
     */
    record Lock(int days, Mode mode) {
        enum Mode {
            GOVERNANCE,
            COMPLIANCE
        }

        Lock {
            Settings.require(days >= 0 && days <= MOST_LOCK_DAYS, "lockDays must be from 0 to " + MOST_LOCK_DAYS);
            Objects.requireNonNull(mode, "mode");
        }

        static Lock of(int days, String mode) {
            return new Lock(days, Settings.one(Mode.class, mode, "lockMode"));
        }
    }

    BucketSettings {
        Settings.requireId(id);
        Settings.require(partBytes >= 5 << 20 && partBytes <= 512 << 20, "partMegabytes must be from 5 to 512");
    }

    static BucketSettings of(BucketConfiguration configuration) {
        String secret = configuration._secretKey();
        return new BucketSettings(
                configuration.id(),
                new Store(
                        endpoint(configuration.endpoint()),
                        configuration.allowCleartext(),
                        configuration.region(),
                        configuration.bucket(),
                        configuration.pathStyle()),
                new Account(configuration.accessKey(), new Secret(secret == null ? "" : secret)),
                new Trusted(
                        Settings.file(configuration.certificates(), "certificates"),
                        Settings.filled(configuration.pins())),
                megabytes(configuration.partMegabytes()),
                Lock.of(configuration.lockDays(), configuration.lockMode()),
                Patience.of(configuration.connectTimeoutSeconds(), configuration.dataTimeoutSeconds()));
    }

    private static URI endpoint(String text) {
        try {
            return URI.create(text == null ? "" : text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("endpoint is no URI", e);
        }
    }

    private static int megabytes(int number) {
        return number < 0 || number > 512 ? 0 : number << 20;
    }
}
