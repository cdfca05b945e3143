package de.joecash.pos.reference.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.Stopwatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackFtpTest {
    private static final String PASSWORD = "a password for this test";

    @TempDir
    Path home;

    @Test
    void storesAFileAndNothingOutsideItsHome() throws Exception {
        try (LoopbackFtp server = new LoopbackFtp("till", home, PASSWORD);
                Control control = new Control(server.port())) {
            control.logIn(PASSWORD);
            assertThat(control.ask("CWD ../../..")).startsWith("250");
            assertThat(control.ask("PWD")).contains("\"/\"");
            String passive = control.ask("EPSV");
            int port = Integer.parseInt(passive.replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1"));
            try (Socket data = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(control.ask("STOR backup.gz.part")).startsWith("150");
                data.getOutputStream().write("receipts".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(control.answer()).startsWith("226");
            assertThat(control.ask("SIZE backup.gz.part")).isEqualTo("213 8");
            assertThat(control.ask("RNFR backup.gz.part")).startsWith("350");
            assertThat(control.ask("RNTO backup.gz")).startsWith("250");
        }
        assertThat(home.resolve("backup.gz")).hasContent("receipts");
    }

    @Test
    void refusesWrongPasswordsStrangersAndAnonymous() throws Exception {
        try (LoopbackFtp server = new LoopbackFtp("till", home, PASSWORD)) {
            try (Control control = new Control(server.port())) {
                assertThat(control.ask("USER till")).startsWith("331");
                assertThat(control.ask("PASS " + PASSWORD + "!")).startsWith("530");
            }
            try (Control control = new Control(server.port())) {
                control.ask("USER somebody");
                assertThat(control.ask("PASS " + PASSWORD)).startsWith("530");
            }
            try (Control control = new Control(server.port())) {
                String first = control.ask("USER anonymous");
                assertThat(first.startsWith("530")
                                || control.ask("PASS me@here").startsWith("530"))
                        .isTrue();
            }
        }
    }

    @Test
    void leavesNoThreadAndNoPortWhenItStopsUnderAClient() throws Exception {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        LoopbackFtp server = new LoopbackFtp("till", home, PASSWORD);
        int port = server.port();
        Stopwatch watch;
        try (Control control = new Control(port)) {
            control.logIn(PASSWORD);
            assertThat(Thread.getAllStackTraces().keySet()).isNotEqualTo(before);
            watch = Stopwatch.start();
            server.close();
        }
        // The library waits for its threads for five seconds at most.
        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(8));
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
        // One that comes while the server closes ends only when it has been idle for half a minute.
        Await.until("no thread of the server", () -> {
            Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
            left.removeAll(before);
            return left.stream().noneMatch(LoopbackFtpTest::isTheServers);
        });
    }

    private static boolean isTheServers(Thread thread) {
        return thread.isAlive()
                && (thread.getName().contains("Nio") || thread.getName().contains("pool-"));
    }

    @Test
    void neverShowsThePassword() throws Exception {
        OneUser user = new OneUser("till", home, PASSWORD);
        assertThat(user.getPassword()).isNull();
        assertThat(user.toString()).doesNotContain(PASSWORD);
        assertThat(Files.isDirectory(Path.of(user.getHomeDirectory()))).isTrue();
    }

    /** A control connection. */
    private static final class Control implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final PrintWriter out;

        Control(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = new PrintWriter(socket.getOutputStream(), false, StandardCharsets.UTF_8);
            assertThat(answer()).startsWith("220");
        }

        void logIn(String password) throws IOException {
            assertThat(ask("USER till")).startsWith("331");
            assertThat(ask("PASS " + password)).startsWith("230");
            assertThat(ask("TYPE I")).startsWith("200");
        }

        String ask(String command) throws IOException {
            out.print(command + "\r\n");
            out.flush();
            return answer();
        }

        String answer() throws IOException {
            return in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
