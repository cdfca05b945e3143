package de.joecash.backup.destination.s3.internal;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * The SDK, which by itself asks environment, system properties, the home directory's profiles and the cloud's metadata
 * service for keys, region and modes. Here it asks nobody: everything that it would look up is said, and it has only
 * the one line to speak by.
 */
final class Api {
    private Api() {}

    static S3Client over(SdkHttpClient line, BucketSettings settings) {
        ProfileFile nothing = ProfileFile.aggregator().build();
        BucketSettings.Account account = settings.account();
        return S3Client.builder()
                .httpClient(line)
                .endpointOverride(settings.store().endpoint())
                .region(Region.of(settings.store().region()))
                .credentialsProvider(account.secretKey()
                        .use(secret -> StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(account.accessKey(), new String(secret)))))
                .defaultsMode(DefaultsMode.LEGACY)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .accelerate(false)
                .crossRegionAccessEnabled(false)
                .disableMultiRegionAccessPoints(true)
                .disableS3ExpressSessionAuth(true)
                .forcePathStyle(settings.store().pathStyle())
                // Ours are given with each request; older stores refuse the trailers that the SDK would send.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .useArnRegionEnabled(false)
                        .profileFile(() -> nothing)
                        .profileName("none")
                        .build())
                .overrideConfiguration(override -> override.defaultProfileFileSupplier(() -> nothing)
                        .defaultProfileName("none")
                        .appId("joecash-backup")
                        // The queue tries again, and a wrong key must not be tried twice.
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }
}
