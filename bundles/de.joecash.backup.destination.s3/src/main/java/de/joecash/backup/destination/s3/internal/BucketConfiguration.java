package de.joecash.backup.destination.s3.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
        id = S3Provider.PID,
        name = "%name",
        description = "%description",
        localization = "OSGI-INF/l10n/s3")
@interface BucketConfiguration {
    @AttributeDefinition(name = "%id.name", description = "%id.description")
    String id();

    @AttributeDefinition(name = "%endpoint.name", description = "%endpoint.description")
    String endpoint();

    @AttributeDefinition(name = "%allowCleartext.name", description = "%allowCleartext.description")
    boolean allowCleartext() default false;

    @AttributeDefinition(name = "%region.name", description = "%region.description")
    String region() default "us-east-1";

    @AttributeDefinition(name = "%bucket.name", description = "%bucket.description")
    String bucket();

    @AttributeDefinition(name = "%pathStyle.name", description = "%pathStyle.description")
    boolean pathStyle() default true;

    @AttributeDefinition(name = "%accessKey.name", description = "%accessKey.description")
    String accessKey();

    @AttributeDefinition(
            name = "%secretKey.name",
            description = "%secretKey.description",
            type = AttributeType.PASSWORD)
    String _secretKey();

    @AttributeDefinition(name = "%certificates.name", description = "%certificates.description", required = false)
    String certificates() default "";

    @AttributeDefinition(name = "%pins.name", description = "%pins.description", required = false)
    String[] pins() default {};

    @AttributeDefinition(
            name = "%partMegabytes.name",
            description = "%partMegabytes.description",
            min = "5",
            max = "512")
    int partMegabytes() default 8;

    @AttributeDefinition(name = "%lockDays.name", description = "%lockDays.description", min = "0", max = "36500")
    int lockDays() default 0;

    @AttributeDefinition(
            name = "%lockMode.name",
            description = "%lockMode.description",
            options = {
                @Option(label = "%lockMode.governance", value = "governance"),
                @Option(label = "%lockMode.compliance", value = "compliance")
            })
    String lockMode() default "governance";

    @AttributeDefinition(
            name = "%connectTimeoutSeconds.name",
            description = "%connectTimeoutSeconds.description",
            min = "1",
            max = "600")
    int connectTimeoutSeconds() default 20;

    @AttributeDefinition(
            name = "%dataTimeoutSeconds.name",
            description = "%dataTimeoutSeconds.description",
            min = "1",
            max = "600")
    int dataTimeoutSeconds() default 60;
}
