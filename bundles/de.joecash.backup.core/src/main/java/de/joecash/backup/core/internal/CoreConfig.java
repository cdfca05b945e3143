package de.joecash.backup.core.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The core's configuration as an administrator sees it. */
@ObjectClassDefinition(localization = "OSGI-INF/l10n/core", name = "%core.name", description = "%core.description")
@interface CoreConfig {
    @AttributeDefinition(name = "%folder.name", description = "%folder.description")
    String folder();

    @AttributeDefinition(name = "%zone.name", description = "%zone.description")
    String zone() default "Europe/Berlin";

    @AttributeDefinition(name = "%reserveMegabytes.name", description = "%reserve.description", min = "0")
    int reserveMegabytes() default 500;

    @AttributeDefinition(name = "%reservePercent.name", description = "%reserve.description", min = "0", max = "50")
    int reservePercent() default 5;

    @AttributeDefinition(name = "%overdueHours.name", description = "%overdueHours.description", min = "1")
    int overdueHours() default 26;

    @AttributeDefinition(
            name = "%offServerOverdueDays.name",
            description = "%offServerOverdueDays.description",
            min = "1")
    int offServerOverdueDays() default 7;

    @AttributeDefinition(
            name = "%retrySeconds.name",
            description = "%retrySeconds.description",
            min = "1",
            max = "3600")
    int retrySeconds() default 60;

    @AttributeDefinition(name = "%fullEveryDays.name", description = "%fullEveryDays.description", min = "1")
    int fullEveryDays() default 30;

    @AttributeDefinition(name = "%keepOffServer.name", description = "%keepOffServer.description", min = "1")
    int keepOffServer() default 60;

    @AttributeDefinition(name = "%keepOnMedium.name", description = "%keepOnMedium.description", min = "0")
    int keepOnMedium() default 0;

    @AttributeDefinition(
            name = "%spreadMinutes.name",
            description = "%spreadMinutes.description",
            min = "0",
            max = "60")
    int spreadMinutes() default 10;

    @AttributeDefinition(
            name = "%sendKilobytesPerSecond.name",
            description = "%sendKilobytesPerSecond.description",
            min = "0")
    int sendKilobytesPerSecond() default 0;

    @AttributeDefinition(
            name = "%sendKilobytesPerSecondAtNight.name",
            description = "%sendKilobytesPerSecondAtNight.description",
            min = "0")
    int sendKilobytesPerSecondAtNight() default 0;

    @AttributeDefinition(name = "%night.name", description = "%night.description")
    String night() default "22:00-06:00";

    @AttributeDefinition(
            name = "%effort.name",
            description = "%effort.description",
            options = {
                @Option(label = "%effort.auto", value = "auto"),
                @Option(label = "%effort.small", value = "small"),
                @Option(label = "%effort.fast", value = "fast")
            })
    String effort() default "auto";

    @AttributeDefinition(
            name = "%codec.name",
            description = "%codec.description",
            options = {@Option(label = "%codec.auto", value = "auto"), @Option(label = "%codec.jdk", value = "jdk")})
    String codec() default "auto";

    @AttributeDefinition(name = "%yieldToTill.name", description = "%yieldToTill.description")
    boolean yieldToTill() default true;

    @AttributeDefinition(
            name = "%minMegabytesPerSecond.name",
            description = "%minMegabytesPerSecond.description",
            min = "1")
    int minMegabytesPerSecond() default 10;

    @AttributeDefinition(
            name = "%maxMegabytesPerSecond.name",
            description = "%maxMegabytesPerSecond.description",
            min = "0")
    int maxMegabytesPerSecond() default 0;

    @AttributeDefinition(
            name = "%drill.name",
            description = "%drill.description",
            options = {
                @Option(label = "%drill.weekly", value = "weekly"),
                @Option(label = "%drill.daily", value = "daily"),
                @Option(label = "%drill.each", value = "each"),
                @Option(label = "%drill.off", value = "off")
            })
    String drill() default "weekly";

    @AttributeDefinition(
            name = "%drillDay.name",
            description = "%drillDay.description",
            options = {
                @Option(label = "%drillDay.MONDAY", value = "MONDAY"),
                @Option(label = "%drillDay.TUESDAY", value = "TUESDAY"),
                @Option(label = "%drillDay.WEDNESDAY", value = "WEDNESDAY"),
                @Option(label = "%drillDay.THURSDAY", value = "THURSDAY"),
                @Option(label = "%drillDay.FRIDAY", value = "FRIDAY"),
                @Option(label = "%drillDay.SATURDAY", value = "SATURDAY"),
                @Option(label = "%drillDay.SUNDAY", value = "SUNDAY")
            })
    String drillDay() default "SUNDAY";

    @AttributeDefinition(name = "%drillTime.name", description = "%drillTime.description")
    String drillTime() default "03:00";

    @AttributeDefinition(name = "%encrypt.name", description = "%encrypt.description")
    boolean encrypt() default true;

    @AttributeDefinition(name = "%encryptMedium.name", description = "%encryptMedium.description")
    boolean encryptMedium() default false;

    @AttributeDefinition(name = "%recipients.name", description = "%recipients.description", required = false)
    String[] recipients() default {};
}
