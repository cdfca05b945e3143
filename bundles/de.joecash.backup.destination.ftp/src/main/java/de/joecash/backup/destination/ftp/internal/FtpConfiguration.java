package de.joecash.backup.destination.ftp.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
        id = FtpProvider.PID,
        name = "%name",
        description = "%description",
        localization = "OSGI-INF/l10n/ftp")
@interface FtpConfiguration {
    @AttributeDefinition(name = "%id.name", description = "%id.description")
    String id();

    @AttributeDefinition(name = "%host.name", description = "%host.description")
    String host();

    @AttributeDefinition(name = "%port.name", description = "%port.description", min = "1", max = "65535")
    int port() default 21;

    @AttributeDefinition(name = "%user.name", description = "%user.description")
    String user();

    @AttributeDefinition(name = "%password.name", description = "%password.description", type = AttributeType.PASSWORD)
    String _password();

    @AttributeDefinition(
            name = "%tls.name",
            description = "%tls.description",
            options = {
                @Option(label = "%tls.explicit", value = "explicit"),
                @Option(label = "%tls.implicit", value = "implicit"),
                @Option(label = "%tls.off", value = "off")
            })
    String tls() default "explicit";

    @AttributeDefinition(name = "%certificates.name", description = "%certificates.description", required = false)
    String certificates() default "";

    @AttributeDefinition(name = "%pins.name", description = "%pins.description", required = false, cardinality = 20)
    String[] pins() default {};

    @AttributeDefinition(
            name = "%verify.name",
            description = "%verify.description",
            options = {
                @Option(label = "%verify.full", value = "full"),
                @Option(label = "%verify.sample", value = "sample")
            })
    String verify() default "full";

    @AttributeDefinition(name = "%allowCleartext.name", description = "%allowCleartext.description")
    boolean allowCleartext() default false;

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
