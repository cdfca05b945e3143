package de.joecash.backup.schedule.internal;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupService;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the automatic backups, while the condition that stands for +Backup is there. Which condition that is can be
 * changed by configuration: {@code osgi.ds.satisfying.condition.target}.
 */
@Component(
        immediate = true,
        configurationPid = Schedule.PID,
        property = "osgi.ds.satisfying.condition.target=(osgi.condition.id=de.joecash.backup.plus)")
@Designate(ocd = Schedule.Config.class)
public final class Schedule implements AutomaticRuns {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    static final String PID = "de.joecash.backup.schedule";

    /** Lets a condition that only flickers pass, and gives a starting host a moment. */
    private static final long FIRST_TICK_MILLIS = 1_000;

    private static final long TICK_MILLIS = 20_000;
    private static final long STOP_SECONDS = 4;

    @ObjectClassDefinition(localization = "OSGI-INF/l10n/schedule", name = "%name", description = "%description")
    @interface Config {
        @AttributeDefinition(name = "%times.name", description = "%times.description")
        String[] times() default {"07:00", "21:00"};

        @AttributeDefinition(name = "%zone.name", description = "%zone.description")
        String zone() default "Europe/Berlin";
    }

    private final Timetable timetable;
    private final StoredTimes stored;
    private final SlotRuns runs;
    private final ScheduledThreadPoolExecutor ticker;
    private final ScheduledFuture<?> ticks;
    private volatile boolean stopping;

    /**
     * Starts the schedule.
     *
     * @throws BackupException if the configuration cannot be used
     */
    @Activate
    public Schedule(Config config, @Reference BackupService backups, @Reference ConfigurationAdmin admin)
            throws BackupException {
        this(
                Timetable.of(config.times(), config.zone()),
                backups,
                new StoredTimes(admin),
                Clock.systemUTC(),
                FIRST_TICK_MILLIS,
                TICK_MILLIS);
    }

    Schedule(
            Timetable timetable,
            BackupService backups,
            StoredTimes stored,
            Clock clock,
            long firstMillis,
            long tickMillis) {
        this.timetable = timetable;
        this.stored = stored;
        runs = new SlotRuns(timetable, backups, clock);
        ticker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "joecash-backup-schedule");
            thread.setDaemon(true);
            return thread;
        });
        ticks = ticker.scheduleWithFixedDelay(this::tick, firstMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    /** Ends the ticks without interrupting one. A run under way is the core's, and goes on. */
    @Deactivate
    public void stop() {
        stopping = true;
        ticks.cancel(false);
        ticker.shutdown();
        try {
            if (!ticker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("The backup service does not answer; the thread of the schedule is still in it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ZoneId zone() {
        return timetable.zone();
    }

    @Override
    public ZonedDateTime next() {
        return runs.next();
    }

    @Override
    public List<LocalTime> times() {
        return timetable.times();
    }

    @Override
    public void change(List<LocalTime> times) throws BackupException {
        stored.change(timetable.with(times).times());
    }

    private void tick() {
        if (stopping) {
            return;
        }
        try {
            runs.tick();
        } catch (RuntimeException e) {
            runs.failed(e);
        }
    }
}
