package de.joecash.backup.destination.ftp.internal;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A small FTP server that does as it should, except where a test tells it otherwise. */
final class ScriptedServer implements AutoCloseable {
    /** What is stored, by name. */
    final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

    /** Every command that came, passwords too. */
    final List<String> commands = new CopyOnWriteArrayList<>();

    /** How often somebody connected. */
    final AtomicInteger connections = new AtomicInteger();

    private final Map<String, Reaction> reactions = new ConcurrentHashMap<>();
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    /** What is done instead. */
    interface Reaction {
        /**
         * Reacts once; the command is done as it should be afterwards, where that is asked for.
         *
         * @return the reply; or {@code null} to hang up
         */
        String to(Session session, String argument) throws IOException;
    }

    ScriptedServer() throws IOException {
        start(this::listen);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The next time, and only then, reacts to a command; {@code HELLO} is the welcome. */
    void once(String command, Reaction reaction) {
        reactions.put(command, (session, argument) -> {
            reactions.remove(command);
            return reaction.to(session, argument);
        });
    }

    void always(String command, Reaction reaction) {
        reactions.put(command, reaction);
    }

    private void listen() throws IOException {
        while (!listening.isClosed()) {
            Socket socket = listening.accept();
            connections.incrementAndGet();
            open.add(socket);
            start(() -> new Session(socket).serve());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The other side has gone, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Closeable each : open) {
            each.close();
        }
    }

    /** One control connection. */
    final class Session {
        private final Socket control;
        private ServerSocket passive;
        private String from;

        Session(Socket control) {
            this.control = control;
        }

        void serve() throws IOException {
            try (control;
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8))) {
                String line = "HELLO";
                while (line != null) {
                    int blank = line.indexOf(' ');
                    String command = blank < 0 ? line : line.substring(0, blank);
                    String argument = blank < 0 ? "" : line.substring(blank + 1);
                    Reaction reaction = reactions.get(command);
                    String reply = reaction == null ? does(command, argument) : reaction.to(this, argument);
                    if (reply == null) {
                        return;
                    }
                    say(reply);
                    line = in.readLine();
                    if (line != null) {
                        commands.add(line);
                    }
                }
            }
        }

        void say(String reply) throws IOException {
            OutputStream out = control.getOutputStream();
            out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Does what a server should. */
        String does(String command, String argument) throws IOException {
            return switch (command) {
                case "HELLO" -> "220 ready";
                case "USER" -> "331 password";
                case "PASS" -> "230 welcome";
                case "TYPE", "CWD" -> "200 ok";
                case "EPSV" -> "229 entering (|||" + listenForData() + "|)";
                case "STOR" -> store(argument);
                case "RETR" -> retrieve(argument, Integer.MAX_VALUE);
                case "SIZE" -> files.containsKey(argument) ? "213 " + files.get(argument).length : "550 none";
                case "DELE" -> files.remove(argument) == null ? "550 none" : "250 gone";
                case "RNFR" -> {
                    from = argument;
                    yield files.containsKey(argument) ? "350 to where" : "550 none";
                }
                case "RNTO" -> {
                    files.put(argument, files.remove(from));
                    yield "250 renamed";
                }
                case "QUIT" -> "221 bye";
                default -> "502 unknown";
            };
        }

        int listenForData() throws IOException {
            passive = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            open.add(passive);
            return passive.getLocalPort();
        }

        Socket data() throws IOException {
            say("150 go on");
            Socket data = passive.accept();
            open.add(data);
            return data;
        }

        String store(String name) throws IOException {
            try (Socket data = data()) {
                files.put(name, data.getInputStream().readAllBytes());
            }
            return "226 stored";
        }

        String retrieve(String name, int limit) throws IOException {
            try (Socket data = data()) {
                byte[] bytes = files.get(name);
                data.getOutputStream().write(bytes, 0, Math.min(bytes.length, limit));
            }
            return "226 sent";
        }
    }
}
