package de.joecash.backup.testkit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

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
}
