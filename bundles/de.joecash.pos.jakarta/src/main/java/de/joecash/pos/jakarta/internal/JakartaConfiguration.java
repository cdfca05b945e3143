package de.joecash.pos.jakarta.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        id = JakartaDatabase.PID,
        name = "%name",
        description = "%description",
        localization = "OSGI-INF/l10n/jakarta")
@interface JakartaConfiguration {
    @AttributeDefinition(name = "%till.name", description = "%till.description")
    String till();

    /** Becomes the service property {@link de.joecash.pos.database.PosDatabase#KIND} as it is. */
    @AttributeDefinition(name = "%database.kind.name", description = "%database.kind.description")
    String database_kind();

    @AttributeDefinition(name = "%resource.name", description = "%resource.description")
    String resource();

    @AttributeDefinition(name = "%url.name", description = "%url.description")
    String url();

    @AttributeDefinition(name = "%user.name", description = "%user.description")
    String user();

    @AttributeDefinition(
            name = "%.password.name",
            description = "%.password.description",
            type = AttributeType.PASSWORD,
            required = false)
    String _password() default "";
}
