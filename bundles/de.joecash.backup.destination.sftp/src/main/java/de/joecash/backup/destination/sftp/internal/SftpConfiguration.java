package de.joecash.backup.destination.sftp.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
        id = SftpProvider.PID,
        name = "%name",
        description = "%description",
        localization = "OSGI-INF/l10n/sftp")
@interface SftpConfiguration {
    @AttributeDefinition(name = "%id.name", description = "%id.description")
    String id();

    @AttributeDefinition(name = "%host.name", description = "%host.description")
    String host();

    @AttributeDefinition(name = "%port.name", description = "%port.description", min = "1", max = "65535")
    int port() default 22;

    @AttributeDefinition(name = "%user.name", description = "%user.description")
    String user();

    @AttributeDefinition(
            name = "%password.name",
            description = "%password.description",
            type = AttributeType.PASSWORD,
            required = false)
    String _password();

    @AttributeDefinition(name = "%keyFile.name", description = "%keyFile.description", required = false)
    String keyFile() default "";

    @AttributeDefinition(
            name = "%passphrase.name",
            description = "%passphrase.description",
            type = AttributeType.PASSWORD,
            required = false)
    String _passphrase();

    @AttributeDefinition(name = "%hostKeys.name", description = "%hostKeys.description", required = false)
    String[] hostKeys() default {};

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

    @AttributeDefinition(
            name = "%verify.name",
            description = "%verify.description",
            options = {
                @Option(label = "%verify.full", value = "full"),
                @Option(label = "%verify.sample", value = "sample")
            })
    String verify() default "full";
}
