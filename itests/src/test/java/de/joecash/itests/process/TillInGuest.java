package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import de.joecash.itests.guest.InGuest;
import de.joecash.itests.guest.MappedStick;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What runs in a guest: a whole till, from whose stick no answer comes, and which is unplugged at last. Says
 * {@code NAME OUTCOME SOLD LONGEST-GAP} of each: how many receipts came in those seconds, and how many milliseconds
 * none.
 */
final class TillInGuest {
    private static final Path DATA = Path.of("/tmp/till");
    private static final long LONG = TimeUnit.SECONDS.toNanos(6);

    private final MappedStick stick = new MappedStick();
    private final DemoHost host;

    private TillInGuest(DemoHost host) throws Exception {
        this.host = host;
    }

    public static void main(String[] arguments) throws Exception {
        InGuest.toTheEnd(() -> {
            try (DemoHost host = DemoHost.startAtFullSpeed(DemoHost.withoutPlus(DATA), "--receipts", "5000")) {
                new TillInGuest(host).all();
            }
        });
    }

    private void all() throws Exception {
        stick.plug();
        host.settings("L", MappedStick.MOUNT_POINT.toString());
        SalesWatch idle = SalesWatch.on(host);
        LockSupport.parkNanos(LONG);
        say("idle", "-", idle.end());
        String earlier = host.backup();
        host.succeed("send", "{}");
        String later = host.backup();
        stick.freeze();
        unplugged("frozen", () -> LockSupport.parkNanos(LONG));
        stick.replug();
        assertKept(earlier);
        stick.slowDown(Duration.ofNanos(2 * LONG));
        unplugged("in-mid-sync", () -> {
            MappedStick.awaitWrites();
            LockSupport.parkNanos(LONG);
        });
        stick.replug();
        assertKept(earlier);
        host.succeed("send", "{}");
        stick.replug();
        assertKept(earlier);
        assertKept(later);
    }

    private void unplugged(String name, Runnable until) throws InterruptedException {
        try (SalesWatch sales = SalesWatch.on(host)) {
            String run = host.begin("send", "{}");
            until.run();
            stick.die();
            JsonObject ended = host.end(run);
            say(name, ended.getAsJsonObject("problem").get("code").getAsString(), sales.end());
        }
    }

    private static void say(String name, String outcome, SalesWatch.Seen seen) {
        InGuest.say(String.join(
                " ",
                name,
                outcome,
                Long.toString(seen.sold()),
                Long.toString(seen.longestGap().toMillis())));
    }

    private void assertKept(String backup) throws Exception {
        String archive = backup + ".sql.gz";
        assertThat(Files.mismatch(host.backups().resolve(archive), MappedStick.MOUNT_POINT.resolve(archive)))
                .as(archive)
                .isEqualTo(-1);
    }
}
