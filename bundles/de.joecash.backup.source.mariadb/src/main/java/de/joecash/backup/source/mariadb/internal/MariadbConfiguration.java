package de.joecash.backup.source.mariadb.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        id = MariadbSource.PID,
        name = "%name",
        description = "%description",
        localization = "OSGI-INF/l10n/mariadb")
@interface MariadbConfiguration {
    @AttributeDefinition(name = "%tools.name", description = "%tools.description", required = false)
    String tools() default "";

    @AttributeDefinition(
            name = "%lockTimeoutSeconds.name",
            description = "%lockTimeoutSeconds.description",
            min = "1",
            max = "600")
    int lockTimeoutSeconds() default 10;

    @AttributeDefinition(
            name = "%stallSeconds.name",
            description = "%stallSeconds.description",
            min = "1",
            max = "3600")
    int stallSeconds() default 120;
}
