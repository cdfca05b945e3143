package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration that was checked.
 *
 * @param partBytes how long a part of an upload is, and so what an upload needs of memory
 */
record BucketSettings(
        String id, Store store, Account account, Trust trust, int partBytes, Lock lock, Patience patience) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int PIN_BYTES = 32;
    private static final int MOST_LOCK_DAYS = 36_500;

    /** Which bucket, and where. */
    record Store(URI endpoint, boolean allowCleartext, String region, String bucket, boolean pathStyle) {
        Store {
            require(rightEndpoint(endpoint), "endpoint must be https://NAME or https://NAME:PORT, nothing else");
            require(region != null && region.matches("[a-z0-9-]{1,64}"), "region must be a-z, 0-9 and -");
            require(
                    bucket != null && bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]"),
                    "bucket must be 3 to 63 characters of a-z, 0-9, . and -");
        }

        /** Says whether nobody on the way can read what is sent. */
        boolean confidential() {
            return endpoint.getScheme().equalsIgnoreCase("https");
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
            require(
                    accessKey != null && accessKey.matches("[!-+\\--~&&[^/]]{1,128}"),
                    "accessKey must be 1 to 128 visible characters, without / and comma");
            require(!secretKey.isEmpty(), "secretKey must not be empty");
            require(
                    secretKey.use(characters -> new String(characters).chars().noneMatch(Character::isISOControl)),
                    "secretKey must not hold control characters");
        }
    }

    /**
     * Which servers are believed.
     *
     * @param certificates a PEM file of issuers that are trusted beside the system's
     * @param pins if there are any, a key on the server's chain must have one of them: the Base64 of the SHA-256 of its
     *     SubjectPublicKeyInfo (RFC 7469, section 2.4)
     */
    record Trust(Optional<Path> certificates, Set<String> pins) {
        Trust {
            require(certificates.map(Path::isAbsolute).orElse(true), "certificates must be an absolute path");
            require(pins.stream().allMatch(Trust::isPin), "pins must be the Base64 of SHA-256 digests");
            pins = Set.copyOf(pins);
        }

        private static boolean isPin(String text) {
            try {
                return Base64.getDecoder().decode(text).length == PIN_BYTES;
            } catch (IllegalArgumentException e) {
                return false;
            }
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
            require(days >= 0 && days <= MOST_LOCK_DAYS, "lockDays must be from 0 to " + MOST_LOCK_DAYS);
            Objects.requireNonNull(mode, "mode");
        }

        static Lock of(int days, String mode) {
            for (Mode known : Mode.values()) {
                if (known.name().toLowerCase(Locale.ROOT).equals(mode)) {
                    return new Lock(days, known);
                }
            }
            throw wrong("lockMode must be governance or compliance");
        }
    }

    /** How long it waits for the server. */
    record Patience(Duration connect, Duration data) {
        Patience {
            requireTimeout(connect, "connectTimeoutSeconds");
            requireTimeout(data, "dataTimeoutSeconds");
        }
    }

    BucketSettings {
        require(
                id != null && id.matches("[a-z0-9-]{1,32}") && !id.equals(DestinationProvider.MEDIUM),
                "id must be 1 to 32 characters of a-z, 0-9 and -, and not that of the medium");
        require(partBytes >= 5 << 20 && partBytes <= 512 << 20, "partMegabytes must be from 5 to 512");
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
                new Trust(certificates(configuration.certificates()), Set.of(configuration.pins())),
                megabytes(configuration.partMegabytes()),
                Lock.of(configuration.lockDays(), configuration.lockMode()),
                new Patience(
                        Duration.ofSeconds(configuration.connectTimeoutSeconds()),
                        Duration.ofSeconds(configuration.dataTimeoutSeconds())));
    }

    private static URI endpoint(String text) {
        try {
            return URI.create(text == null ? "" : text.strip());
        } catch (IllegalArgumentException e) {
            throw wrong("endpoint is no URI");
        }
    }

    private static Optional<Path> certificates(String text) {
        try {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
        } catch (IllegalArgumentException e) {
            throw wrong("certificates is no path");
        }
    }

    private static int megabytes(int number) {
        return number < 0 || number > 512 ? 0 : number << 20;
    }

    private static void requireTimeout(Duration timeout, String name) {
        require(
                !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(LONGEST) <= 0,
                name + " must be from 1 to 600");
    }

    private static void require(boolean right, String words) {
        if (!right) {
            throw wrong(words);
        }
    }

    private static IllegalArgumentException wrong(String words) {
        return new IllegalArgumentException("S3 destination: " + words);
    }
}
