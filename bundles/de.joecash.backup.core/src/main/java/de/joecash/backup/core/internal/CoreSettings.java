package de.joecash.backup.core.internal;

import de.joecash.backup.core.internal.archive.Codec;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.Effort;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.core.internal.drill.DrillTimes;
import de.joecash.backup.core.internal.pace.PaceSettings;
import de.joecash.backup.core.internal.retention.Retention;
import de.joecash.backup.core.internal.seal.Recipients;
import de.joecash.backup.core.internal.seal.SealingRule;
import de.joecash.backup.core.internal.transfer.Bandwidth;
import de.joecash.backup.core.internal.transfer.RemoteRetention;
import de.joecash.backup.core.internal.transfer.TransferSettings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core's configuration, checked.
 *
 * @param folder where backups are kept
 * @param zone the shop's
 * @param reserve what stays free on that disk
 * @param retention which backups are kept, at each instant
 * @param overdue how old the newest good backup may be
 * @param offServerOverdue how old the newest copy off the server may be
 * @param transfers how transfers go out
 * @param codec deflates archives
 * @param effort how hard
 * @param pace how fast a backup may be
 * @param drills when backups are drilled
 * @param sealing whether what leaves the server is sealed, and to whom besides the owner
 */
record CoreSettings(
        Path folder,
        ZoneId zone,
        Reserve reserve,
        Supplier<Retention> retention,
        Duration overdue,
        Duration offServerOverdue,
        TransferSettings transfers,
        Codec codec,
        Effort effort,
        PaceSettings pace,
        DrillTimes drills,
        SealingRule sealing) {
    private static final Logger LOG = LoggerFactory.getLogger(CoreSettings.class);
    /** By the JDK 0.4 % longer than at level 6, in three quarters of its time. */
    private static final int SMALL = 5;

    private static final int FAST = 1;
    private static final long MEGABYTE = 1_000_000;
    private static final double KILOBYTE = 1_000;
    private static final Pattern NIGHT = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

    /**
     * Checks the values.
     *
     * @param retention is kept apart from them
     * @throws IllegalArgumentException or a {@code DateTimeException} that says what is wrong
     */
    static CoreSettings of(CoreConfig config, Supplier<Retention> retention) {
        if (config.folder() == null || config.folder().isBlank()) {
            throw new IllegalArgumentException("folder: the backup folder's absolute path is missing");
        }
        if (config.fullEveryDays() < 1 || config.keepOffServer() < 1 || config.keepOnMedium() < 0) {
            throw new IllegalArgumentException(
                    "fullEveryDays and keepOffServer are 1 or more, keepOnMedium 0 for all that fit or more");
        }
        if (config.overdueHours() < 1 || config.offServerOverdueDays() < 1 || config.retrySeconds() < 1) {
            throw new IllegalArgumentException("overdueHours, offServerOverdueDays and retrySeconds are 1 or more");
        }
        return new CoreSettings(
                Path.of(config.folder()),
                ZoneId.of(config.zone()),
                new Reserve(config.reserveMegabytes() * MEGABYTE, config.reservePercent()),
                retention,
                Duration.ofHours(config.overdueHours()),
                Duration.ofDays(config.offServerOverdueDays()),
                transfers(config),
                codec(config.codec()),
                effort(config.effort()),
                pace(config),
                drills(config),
                sealing(config));
    }

    private static SealingRule sealing(CoreConfig config) {
        List<String> recipients = config.recipients() == null ? List.of() : List.of(config.recipients());
        return new SealingRule(config.encrypt(), config.encryptMedium(), Recipients.of(recipients));
    }

    private static Codec codec(String name) {
        return switch (name) {
            case "auto" -> Codecs.fastest(LOG::info);
            case "jdk" -> Codecs.jdk();
            default -> throw new IllegalArgumentException("codec: auto or jdk");
        };
    }

    private static Effort effort(String name) {
        return switch (name) {
            case "auto" -> Effort.keepUp();
            case "small" -> Effort.fixed(SMALL);
            case "fast" -> Effort.fixed(FAST);
            default -> throw new IllegalArgumentException("effort: auto, small or fast");
        };
    }

    private static DrillTimes drills(CoreConfig config) {
        DrillTimes.Every every =
                switch (config.drill()) {
                    case "off" -> DrillTimes.Every.NEVER;
                    case "daily" -> DrillTimes.Every.DAY;
                    case "weekly" -> DrillTimes.Every.WEEK;
                    case "each" -> DrillTimes.Every.BACKUP;
                    default -> throw new IllegalArgumentException("drill: off, daily, weekly or each");
                };
        try {
            return new DrillTimes(
                    every,
                    DayOfWeek.valueOf(config.drillDay()),
                    LocalTime.parse(config.drillTime()),
                    ZoneId.of(config.zone()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("drillDay is MONDAY to SUNDAY, drillTime a time of day like 03:00", e);
        }
    }

    private static TransferSettings transfers(CoreConfig config) {
        Matcher night = NIGHT.matcher(config.night());
        if (config.spreadMinutes() < 0
                || config.sendKilobytesPerSecond() < 0
                || config.sendKilobytesPerSecondAtNight() < 0
                || !night.matches()) {
            throw new IllegalArgumentException("spreadMinutes is from 0 to 60, sendKilobytesPerSecond and"
                    + " sendKilobytesPerSecondAtNight 0 for no limit or more, night two times of day like 22:00-06:00");
        }
        try {
            return new TransferSettings(
                    Duration.ofSeconds(config.retrySeconds()),
                    Duration.ofMinutes(config.spreadMinutes()),
                    new Bandwidth(
                            bandwidth(config.sendKilobytesPerSecond()),
                            bandwidth(config.sendKilobytesPerSecondAtNight()),
                            LocalTime.parse(night.group(1)),
                            LocalTime.parse(night.group(2)),
                            ZoneId.of(config.zone())),
                    Duration.ofDays(config.fullEveryDays()),
                    new RemoteRetention(config.keepOffServer()),
                    config.keepOnMedium());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("night is two times of day like 22:00-06:00", e);
        }
    }

    private static double bandwidth(long kilobytes) {
        return kilobytes == 0 ? Bandwidth.UNLIMITED : kilobytes * KILOBYTE;
    }

    private static PaceSettings pace(CoreConfig config) {
        if (config.minMegabytesPerSecond() < 1 || config.maxMegabytesPerSecond() < 0) {
            throw new IllegalArgumentException(
                    "minMegabytesPerSecond is 1 or more, maxMegabytesPerSecond 0 for no limit or more");
        }
        long most = config.maxMegabytesPerSecond() * MEGABYTE;
        return new PaceSettings(
                config.yieldToTill(),
                config.minMegabytesPerSecond() * MEGABYTE,
                most == 0 ? PaceSettings.UNLIMITED : most);
    }
}
