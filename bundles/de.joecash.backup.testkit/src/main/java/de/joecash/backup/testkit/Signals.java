package de.joecash.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/** Tells a server's processes by {@code kill} what they are to do. Stateless. */
public final class Signals {
    private Signals() {}

    /**
     * Tells a process and all that it started. A parent is told before its children are looked for, so that one that
     * was stopped makes no more of them; a process that ends meanwhile is none of them any more.
     *
     * @param name without {@code SIG}, e.g. {@code STOP}
     * @param root the first to be told
     * @throws IOException if there is no {@code kill}
     */
    public static void send(String name, ProcessHandle root) throws IOException {
        Set<ProcessHandle> told = new HashSet<>();
        Queue<ProcessHandle> waiting = new ArrayDeque<>(Set.of(root));
        while (!waiting.isEmpty()) {
            ProcessHandle next = waiting.remove();
            if (told.add(next)) {
                new ProcessBuilder("kill", "-" + name, Long.toString(next.pid()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join();
                next.children().forEach(waiting::add);
            }
        }
    }

    /**
     * Kills a process and all that it started (SIGKILL), each stopped before so that it makes no more of them, and
     * waits until none of them runs. Their entries may stay: not every first process of a machine takes notice of them.
     *
     * @param root the first of them
     * @throws UncheckedIOException if there is no {@code kill}; what was found is killed all the same
     */
    public static void kill(Process root) {
        try {
            send("STOP", root.toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            List<ProcessHandle> all = Stream.concat(Stream.of(root.toHandle()), root.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            Await.until("the end of all of them", () -> all.stream().noneMatch(Signals::runs));
        }
    }

    /** Whether it is more than an entry, as proc(5) has it. */
    private static boolean runs(ProcessHandle one) {
        try {
            String stat =
                    Files.readString(Path.of("/proc", Long.toString(one.pid()), "stat"), StandardCharsets.ISO_8859_1);
            return one.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            // It went in this instant.
            return false;
        }
    }
}
