package de.joecash.backup.update.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as an administrator sees it. */
@ObjectClassDefinition(localization = "OSGI-INF/l10n/update", name = "%name", description = "%description")
@interface UpdateConfig {
    @AttributeDefinition(name = "%keys.name", description = "%keys.description", required = false)
    String[] keys() default {};

    @AttributeDefinition(
            name = "%healthSeconds.name",
            description = "%healthSeconds.description",
            min = "1",
            max = "3600")
    int healthSeconds() default 60;

    @AttributeDefinition(name = "%waitMinutes.name", description = "%waitMinutes.description", min = "0", max = "1440")
    int waitMinutes() default 30;
}
