package de.joecash.backup.destination.file.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        id = FolderProvider.PID,
        name = "%name",
        description = "%description",
        localization = "OSGI-INF/l10n/folder")
@interface FolderConfiguration {
    @AttributeDefinition(name = "%allowSameFileSystem.name", description = "%allowSameFileSystem.description")
    boolean allowSameFileSystem() default false;

    @AttributeDefinition(name = "%volumeMegabytes.name", description = "%volumeMegabytes.description", min = "0")
    int volumeMegabytes() default 0;

    @AttributeDefinition(name = "%sharePercent.name", description = "%sharePercent.description", min = "1", max = "100")
    int sharePercent() default 100;
}
