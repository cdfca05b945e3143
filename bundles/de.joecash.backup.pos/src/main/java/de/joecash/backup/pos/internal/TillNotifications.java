package de.joecash.backup.pos.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupService;
import de.joecash.backup.Notifications;
import de.joecash.backup.Problem;
import de.joecash.backup.Safety;
import de.joecash.pos.notification.Notification;
import de.joecash.pos.notification.Notification.Urgency;
import de.joecash.pos.notification.NotificationException;
import de.joecash.pos.notification.Notifier;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the shop's people by the host's way when their data is not safe, on a thread of its own. */
@Component(service = Notifications.class, immediate = true, configurationPid = TillNotifications.PID)
@Designate(ocd = TillNotifications.Config.class)
public final class TillNotifications implements Notifications {
    static final String PID = "de.joecash.backup.pos.notifications";

    private static final Logger LOG = LoggerFactory.getLogger(TillNotifications.class);

    private static final String ANY_LOCATION = "?";
    private static final String TOPIC = "backup";
    private static final String PAGE = "/backup/";
    private static final long LOOK_SECONDS = 60;
    private static final long STOP_SECONDS = 4;
    private static final int LONGEST_PATIENCE_MINUTES = 1440;
    private static final Alarm.Rule USUAL = new Alarm.Rule(From.DANGER, Duration.ofMinutes(15));

    @ObjectClassDefinition(
            localization = "OSGI-INF/l10n/pos",
            name = "%notifications.name",
            description = "%notifications.description")
    @interface Config {
        @AttributeDefinition(name = "%from.name", description = "%from.description")
        From from() default From.DANGER;

        @AttributeDefinition(
                name = "%afterMinutes.name",
                description = "%afterMinutes.description",
                min = "0",
                max = "1440")
        int afterMinutes() default 15;
    }

    /** A field that comes and goes: what people were told is remembered over an update of the core. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile BackupService backups;

    private final Notifier notifier;
    private final ConfigurationAdmin admin;
    private final Clock clock;
    private final Alarm alarm = new Alarm();
    private final ScheduledExecutorService watch;
    private volatile Alarm.Rule rule;
    private boolean failing;

    /** Empty in tests, which look themselves. */
    private Optional<ScheduledFuture<?>> looking = Optional.empty();

    /** Begins to watch. */
    @Activate
    public TillNotifications(Config config, @Reference Notifier notifier, @Reference ConfigurationAdmin admin) {
        this(config, notifier, admin, Clock.systemUTC());
        looking = Optional.of(watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS));
    }

    TillNotifications(Config config, Notifier notifier, ConfigurationAdmin admin, Clock clock) {
        this.notifier = notifier;
        this.admin = admin;
        this.clock = clock;
        rule = usable(config);
        watch = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread thread = new Thread(action, "joecash-backup-notifications");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes what was set since; what people were told is remembered. */
    @Modified
    void reload(Config config) {
        rule = usable(config);
    }

    /** What cannot be used must not keep people from being told of danger. */
    private static Alarm.Rule usable(Config config) {
        try {
            int minutes = Math.max(0, Math.min(LONGEST_PATIENCE_MINUTES, config.afterMinutes()));
            return new Alarm.Rule(Objects.requireNonNull(config.from(), "from"), Duration.ofMinutes(minutes));
        } catch (RuntimeException e) {
            // Of a text that is none of the three the framework throws one of its own.
            LOG.error("What is configured for notifications cannot be used; {} holds", USUAL, e);
            return USUAL;
        }
    }

    /**
     * Watches no more. What is being delivered is delivered; a host that takes too long for it is waited for no longer.
     */
    @Deactivate
    void close() {
        looking.ifPresent(future -> future.cancel(false));
        watch.shutdown();
        try {
            if (!watch.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("The host does not take a notification; the thread that watches is still in it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once. What could not be delivered is tried again at the next look. */
    void look() {
        BackupService there = backups;
        if (there == null) {
            return;
        }
        try {
            Safety safety = there.status().safety();
            Optional<Alarm.News> news = alarm.look(safety, rule, clock.instant());
            if (news.isPresent()) {
                notifier.deliver(notification(news.get(), safety));
                alarm.told(news.get(), safety, clock.instant());
            }
            failing = false;
        } catch (NotificationException e) {
            warn("A notification could not be delivered, and is tried again each minute: " + e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            // A core or a host that is just being replaced, most of the time; nothing may end the watch.
            warn("How safe the data is could not be told, and is tried again each minute", e);
        }
    }

    /** Once, however long it lasts. */
    private void warn(String what, Throwable why) {
        if (failing) {
            LOG.debug(what, why);
        } else {
            LOG.warn(what, why);
        }
        failing = true;
    }

    private static Notification notification(Alarm.News news, Safety safety) {
        return switch (news) {
            case OVER -> notification(TOPIC, Urgency.INFO, "notification.over", Texts.of("notification.over.text"));
            case LESS ->
                notification(
                        TOPIC,
                        Urgency.INFO,
                        "notification.less",
                        sentences("menu." + safety, "notification.less.text"));
            case WRONG ->
                notification(
                        TOPIC,
                        safety.level() == Safety.Level.DANGER ? Urgency.ALARM : Urgency.WARNING,
                        "notification." + safety.level(),
                        sentences("menu." + safety, "notification.next"));
        };
    }

    private static Function<Locale, String> sentences(String first, String second) {
        return locale -> Texts.text(first, locale) + " " + Texts.text(second, locale);
    }

    private static Notification notification(
            String topic, Urgency urgency, String title, Function<Locale, String> text) {
        return new Notification(topic, urgency, Texts.of(title), text, Optional.of(PAGE));
    }

    @Override
    public String way(Locale locale) {
        return notifier.way(locale);
    }

    @Override
    public From from() {
        return rule.from();
    }

    @Override
    public synchronized void change(From other) throws BackupException {
        try {
            Configuration configuration = admin.getConfiguration(PID, ANY_LOCATION);
            Dictionary<String, Object> stored = configuration.getProperties();
            Map<String, Object> properties =
                    stored == null ? new HashMap<>() : new HashMap<>(FrameworkUtil.asMap(stored));
            properties.put("from", other.name());
            configuration.update(FrameworkUtil.asDictionary(properties));
            rule = new Alarm.Rule(other, rule.patience());
            LOG.info("People are told of {} from now on", other);
        } catch (IOException e) {
            LOG.error("From what on people are told cannot be stored", e);
            throw new BackupException(new Problem.Unexpected(String.valueOf(e.getMessage())), e);
        }
    }

    @Override
    public void trial() throws BackupException {
        try {
            notifier.deliver(notification(
                    TOPIC + ".trial", Urgency.INFO, "notification.trial", Texts.of("notification.trial.text")));
        } catch (NotificationException | RuntimeException | LinkageError e) {
            throw new BackupException(new Problem.NotificationFailed(String.valueOf(e.getMessage())), e);
        }
    }
}
