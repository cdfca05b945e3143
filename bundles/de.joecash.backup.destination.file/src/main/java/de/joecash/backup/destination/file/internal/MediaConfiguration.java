package de.joecash.backup.destination.file.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        id = MountedMedia.PID,
        name = "%name",
        description = "%description",
        localization = "OSGI-INF/l10n/media")
@interface MediaConfiguration {
    @AttributeDefinition(name = "%below.name", description = "%below.description")
    String[] below() default {"/media", "/run/media", "/mnt"};

    @AttributeDefinition(name = "%folders.name", description = "%folders.description")
    String[] folders() default {};
}
