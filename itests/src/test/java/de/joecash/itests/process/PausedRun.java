package de.joecash.itests.process;

/** A backup that waits for somebody to let it go on: whatever is asked for meanwhile meets one under way. */
final class PausedRun {
    private PausedRun() {}

    /** Begins one, anew where it had ended before it was paused; gives its id. */
    static String begin(DemoHost host) {
        return DemoHost.await("a backup that could be paused", () -> {
            host.awaitIdle();
            String run = host.begin("backups", "{}");
            boolean paused = host.post("/backup/api/v1/pause", "{\"id\":\"" + run + "\"}")
                            .status()
                    == 200;
            return paused ? run : null;
        });
    }
}
