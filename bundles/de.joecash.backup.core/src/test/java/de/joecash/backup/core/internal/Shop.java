package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.Run;
import de.joecash.backup.core.internal.archive.Codec;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.Effort;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.core.internal.drill.DrillTimes;
import de.joecash.backup.core.internal.pace.PaceSettings;
import de.joecash.backup.core.internal.retention.Retention;
import de.joecash.backup.core.internal.seal.Recipients;
import de.joecash.backup.core.internal.seal.SealingRule;
import de.joecash.backup.core.internal.seal.TillKey;
import de.joecash.backup.core.internal.transfer.Bandwidth;
import de.joecash.backup.core.internal.transfer.RemoteRetention;
import de.joecash.backup.core.internal.transfer.TransferSettings;
import de.joecash.backup.spi.Source;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A core over a temporary folder, with a clock that a test sets. */
final class Shop implements AutoCloseable {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T11:30:00Z"), BERLIN);
    private final Path folder;
    private final PatientCore core;

    Shop(Path folder, Source... sources) {
        this(folder, settings(folder, new Reserve(0, 0), 30), sources);
    }

    Shop(Path folder, CoreSettings settings, Source... sources) {
        this.folder = folder;
        core = new PatientCore(settings, "0.1.0", clock);
        for (int i = 0; i < sources.length; i++) {
            core.ports().sources().add(i, sources[i]);
        }
    }

    static CoreSettings settings(Path folder, Reserve reserve, int keep) {
        return settings(folder, reserve, keep, PaceSettings.full());
    }

    static CoreSettings settings(Path folder, PaceSettings pace) {
        return settings(folder, new Reserve(0, 0), 30, pace);
    }

    static CoreSettings settings(Path folder, TransferSettings transfers) {
        return settings(folder, new Reserve(0, 0), 30, PaceSettings.full(), transfers, inTheClear());
    }

    static CoreSettings settings(Path folder, Codec codec) {
        CoreSettings usual = settings(folder, new Reserve(0, 0), 30);
        return new CoreSettings(
                usual.folder(),
                usual.zone(),
                usual.reserve(),
                usual.retention(),
                usual.overdue(),
                usual.offServerOverdue(),
                usual.transfers(),
                codec,
                usual.effort(),
                usual.pace(),
                usual.drills(),
                usual.sealing());
    }

    /** Settings of what is sent: sealed to some recipients, or in the clear where there are none. */
    static CoreSettings sending(Path folder, int keptOffServer, String... recipients) {
        SealingRule sealing = new SealingRule(recipients.length > 0, false, Recipients.of(List.of(recipients)));
        return settings(folder, new Reserve(0, 0), 30, PaceSettings.full(), transfers(keptOffServer), sealing);
    }

    /** Settings of a medium that keeps so many. */
    static CoreSettings keepingOnMedium(Path folder, int keptOnMedium) {
        TransferSettings usual = transfers(60);
        return settings(
                folder,
                new TransferSettings(
                        usual.firstRetry(),
                        usual.spread(),
                        usual.bandwidth(),
                        usual.fullEvery(),
                        usual.retention(),
                        keptOnMedium));
    }

    /** Settings of media that are sealed to some recipients. */
    static CoreSettings sealingMedia(Path folder, String... recipients) {
        SealingRule sealing = new SealingRule(true, true, Recipients.of(List.of(recipients)));
        return settings(folder, new Reserve(0, 0), 30, PaceSettings.full(), transfers(60), sealing);
    }

    /** Settings of what is sealed, and nobody is there who could open it. */
    static CoreSettings sealing(Path folder) {
        SealingRule sealing = new SealingRule(true, false, Recipients.none());
        return settings(folder, new Reserve(0, 0), 30, PaceSettings.full(), transfers(60), sealing);
    }

    private static CoreSettings settings(Path folder, Reserve reserve, int keep, PaceSettings pace) {
        return settings(folder, reserve, keep, pace, transfers(60), inTheClear());
    }

    private static SealingRule inTheClear() {
        return new SealingRule(false, false, Recipients.none());
    }

    private static TransferSettings transfers(int keptOffServer) {
        return transfers(Duration.ZERO, keptOffServer);
    }

    static TransferSettings transfers(Duration spread, int keptOffServer) {
        return new TransferSettings(
                Duration.ofMinutes(1),
                spread,
                Bandwidth.unlimited(),
                Duration.ofDays(30),
                new RemoteRetention(keptOffServer),
                0);
    }

    private static CoreSettings settings(
            Path folder,
            Reserve reserve,
            int keep,
            PaceSettings pace,
            TransferSettings transfers,
            SealingRule sealing) {
        return new CoreSettings(
                folder,
                BERLIN,
                reserve,
                () -> new Retention(new RetentionRules(keep, 3)),
                Duration.ofHours(26),
                Duration.ofDays(7),
                transfers,
                Codecs.jdk(),
                Effort.fixed(6),
                pace,
                new DrillTimes(DrillTimes.Every.WEEK, DayOfWeek.SUNDAY, LocalTime.of(3, 0), BERLIN),
                sealing);
    }

    PatientCore core() {
        return core;
    }

    MutableClock clock() {
        return clock;
    }

    /** Confirms the till whose backups are in a folder, as a person does who compared its fingerprint. */
    void trust(Path formerFolder) {
        try {
            core.trust(TillKey.open(formerFolder.resolve("keys")).fingerprint().value());
        } catch (BackupException | IOException e) {
            throw new AssertionError(e);
        }
    }

    Backup backup() {
        return succeeds(core.create(CreateRequest.manual("test"))).backup();
    }

    Backup automaticBackup() {
        CreateRequest request = new CreateRequest(BackupKind.AUTOMATIC, "schedule", Optional.empty());
        return succeeds(core.create(request)).backup();
    }

    Outcome.Succeeded succeeds(Run run) {
        Outcome outcome = outcome(run);
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return (Outcome.Succeeded) outcome;
    }

    Problem fails(Run run) {
        Outcome outcome = outcome(run);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).problem();
    }

    private static Outcome outcome(Run run) {
        return run.outcome()
                .toCompletableFuture()
                .orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    Path archive(Backup backup) {
        return folder.resolve(backup.manifest().archiveName());
    }

    /** Every file in the backup folder but lock, queue, keys and state. */
    List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            !List.of(".lock", "queue", "keys", "restores").contains(name))
                    .filter(name -> !name.endsWith(".state.json"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        core.close();
    }
}
