package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.seal.Opener;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A till whose contents grow day by day, and a place that its backups go to. */
abstract class PlaceScenario {
    static final Place PLACE = new Place("data-centre", "shop");
    static final Secret KEY = new Secret("AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0");
    static final Secret OTHER_KEY =
            new Secret("AGE-SECRET-KEY-1PNV3WEF7GPNTZU647QRPNXVMHLXEUGJS4RXF067FV6AHF5R9QSYQKKCSD6");

    /** Contents of the first day; enough members for a day's change to be a small part of them. */
    private static final int FIRST_DAY = 2_500_000;

    /** What a day adds. */
    static final int A_DAY = 20_000;

    final InMemorySource source = new InMemorySource("kasse1");
    final InMemoryDestination centre = new InMemoryDestination("data-centre");
    private int machines;
    private int days;

    @TempDir
    Path directory;

    Shop shop;

    @BeforeEach
    void open() {
        nextDay();
        shop = opened(60, recipient(KEY));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    static String recipient(Secret key) {
        return Opener.of(key).orElseThrow().recipient();
    }

    /** The till's core over its folder, sending to some recipients, or in the clear to none. */
    Shop opened(int keptOffServer, String... recipients) {
        Path folder = directory.resolve("backups");
        Shop opened = new Shop(folder, Shop.sending(folder, keptOffServer, recipients), source);
        opened.core().ports().destinations().add(1, centre);
        opened.core().ports().routes().add(1, new Route(PLACE.destination(), PLACE.directory()));
        return opened;
    }

    void reopen(int keptOffServer, String... recipients) {
        shop.close();
        shop = opened(keptOffServer, recipients);
    }

    /** The till sells: its contents grow at their end, and a little of what was there changes. */
    final void nextDay() {
        StringBuilder text = new StringBuilder(days == 0 ? lines(FIRST_DAY, 1) : source.text());
        if (days > 0) {
            text.append(lines(A_DAY, 100 + days));
            int changed = text.indexOf("\n", days * 50_000 % text.length()) + 1;
            text.setCharAt(changed, (char) ('0' + days % 10));
        }
        days++;
        source.text(text.toString());
    }

    private static String lines(int length, long seed) {
        return new String(ArchiveSamples.lines(length, seed), StandardCharsets.US_ASCII) + "\n";
    }

    /** Makes a backup and sends it. */
    Backup sent() {
        return shop.succeeds(shop.core().send(Optional.of(shop.backup().id()))).backup();
    }

    /** What is there. */
    Map<String, byte[]> there() {
        return centre.files("shop");
    }

    long bytesThere() {
        return there().values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    byte[] there(Backup backup, String ending) {
        return there().get(backup.id() + ending);
    }

    /** A machine that has nothing, pointed at the place. */
    Shop newMachine() {
        return newMachine(source);
    }

    private Shop newMachine(InMemorySource its) {
        Path folder = directory.resolve("machine-" + ++machines);
        Shop machine = new Shop(folder, Shop.sending(folder, 60), its);
        machine.core().ports().destinations().add(1, centre);
        machine.trust(directory.resolve("backups"));
        return machine;
    }

    /** Gets a backup back on an empty machine, verified, and restores it there. */
    String restoredElsewhere(Backup backup) {
        return restoredElsewhere(backup, KEY);
    }

    /** The same by another key. */
    String restoredElsewhere(Backup backup, Secret key) {
        // Its own: a drill of the till may load something at any time.
        InMemorySource its = new InMemorySource("kasse1");
        try (Shop machine = newMachine(its)) {
            Outcome.Succeeded fetched = machine.succeeds(machine.core().fetch(PLACE, backup.id(), Optional.of(key)));
            assertThat(fetched.backup().manifest()).isEqualTo(backup.manifest());
            machine.succeeds(machine.core().verify(backup.id()));
            machine.succeeds(machine.core().restore(backup.id(), Optional.of("elsewhere")));
            return its.targets.get(its.targets.size() - 1).loaded;
        }
    }

    /** Fails to get it back on an empty machine, which is as empty afterwards. */
    Problem refusedElsewhere(Backup backup, Optional<Secret> key) {
        try (Shop machine = newMachine()) {
            Problem problem = machine.fails(machine.core().fetch(PLACE, backup.id(), key));
            assertThat(machine.core().list()).isEmpty();
            assertThat(machine.files()).isEmpty();
            return problem;
        }
    }

    /** What is there now, to be put back after it was damaged. */
    Map<String, byte[]> copyOfThere() {
        Map<String, byte[]> copy = new TreeMap<>();
        there().forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return copy;
    }

    List<String> listed() throws BackupException {
        return shop.core().listAt(PLACE).stream()
                .map(backup -> backup.id().value())
                .toList();
    }

    /** A route for what a person sends. */
    record Route(String destination, String directory) implements TransferRoute {
        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return kind == BackupKind.MANUAL ? Optional.of(directory) : Optional.empty();
        }
    }
}
