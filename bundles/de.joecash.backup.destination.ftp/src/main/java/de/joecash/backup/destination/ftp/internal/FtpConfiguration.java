package de.joecash.backup.destination.ftp.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

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
