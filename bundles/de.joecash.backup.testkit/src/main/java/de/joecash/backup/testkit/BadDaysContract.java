package de.joecash.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong with a database's server and its tools has its own words, and leaves the till as it was. A subclass
 * brings a till with an empty database for each test.
 */
public abstract class BadDaysContract {
    /** A short time. */
    protected static final Duration SECOND = Duration.ofSeconds(1);

    /** Longer than a tool that is well takes to answer on a machine that is busy. */
    private static final Duration SHORT = Duration.ofSeconds(5);
    /** A time that no test waits for. */
    protected static final Duration LONG = Duration.ofSeconds(60);

    /** Where false tools are put; empty before each test. */
    @TempDir
    protected Path tools;

    /** Creates a suite. */
    protected BadDaysContract() {}

    /**
     * Gives a source of the till's database.
     *
     * @param directory the only directory to look for tools in; empty for the real ones
     * @param lock how long it waits for a lock
     * @param stall how long a tool may go without progress
     * @return used for one test
     */
    protected abstract Source source(Optional<Path> directory, Duration lock, Duration stall);

    /**
     * Gives the till's server.
     *
     * @return running
     */
    protected abstract DatabaseServer server();

    /**
     * Names the till's user and makes its password wrong from now on.
     *
     * @return the name
     */
    protected abstract String forgetPassword();

    /**
     * Fills one table, and no other is there.
     *
     * @throws Exception if that fails
     */
    protected abstract void fill() throws Exception;

    /**
     * Gives the real tool that dumps.
     *
     * @return its path; its name is its last element
     */
    protected abstract Path dumper();

    /**
     * Names what brings the tool.
     *
     * @return a Debian package
     */
    protected abstract String debianPackage();

    /**
     * Says what a tool answers to {@code --version}.
     *
     * @return one that is new enough
     */
    protected abstract String version();

    /** Has a tool of the same name do something else. */
    protected final void fake(String script) throws IOException {
        fake(dumper().getFileName().toString(), version(), script);
    }

    /** Puts a tool in {@link #tools} that answers with a version, and otherwise runs a script. */
    protected final void fake(String name, String version, String script) throws IOException {
        Path tool = Files.writeString(
                tools.resolve(name),
                "#!/bin/sh\n[ \"$1\" = --version ] && { echo '" + name + version + "'; exit 0; }\n" + script + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aWrongPassword() {
        Source source = source(Optional.empty(), LONG, LONG);
        String user = forgetPassword();
        assertThat(problemOfDump(source)).isEqualTo(new Problem.DatabaseLoginRefused(user));
    }

    @Test
    void aServerThatIsNotThere() throws Exception {
        Source source = source(Optional.empty(), LONG, LONG);
        server().kill();
        try {
            assertThat(problemOfDump(source)).isInstanceOf(Problem.DatabaseUnreachable.class);
            assertThat(problem(source::info)).isInstanceOf(Problem.DatabaseUnreachable.class);
        } finally {
            server().start();
        }
    }

    @Test
    void aServerThatIsKilledInMidDump() throws Exception {
        fill();
        Source source = source(Optional.empty(), LONG, LONG);
        OutputStream killing = new Once(server()::kill);
        try {
            assertThat(problem(() -> source.dump(killing, new Cancellation())))
                    .isInstanceOf(Problem.DatabaseUnreachable.class);
        } finally {
            server().start();
        }
        assertDumps(source);
    }

    @Test
    void aServerThatStopsInMidDump() throws Exception {
        fill();
        OutputStream freezing = new Once(server()::freeze);
        Source impatient = source(Optional.empty(), LONG, SHORT);
        try {
            assertThat(problem(() -> impatient.dump(freezing, new Cancellation())))
                    .isEqualTo(stalled());
        } finally {
            server().thaw();
        }
        assertDumps(source(Optional.empty(), LONG, LONG));
    }

    @Test
    void aToolThatIsMissing() {
        String name = dumper().getFileName().toString();
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.ToolMissing(name, debianPackage()));
    }

    @Test
    void aToolThatEndsWellAfterHalfOfItsDump() throws Exception {
        fill();
        fake("exec " + dumper() + " \"$@\" | head -c 2000000");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG))).isEqualTo(incomplete());
    }

    @Test
    void aToolThatSaysNothingAndEndsWell() throws Exception {
        fake("exit 0");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG))).isEqualTo(incomplete());
    }

    @Test
    void aToolThatHangs() throws Exception {
        fake("trap '' TERM\nexec sleep 1000");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, SHORT))).isEqualTo(stalled());
    }

    @Test
    void aToolThatHangsInAWrapper() throws Exception {
        fake("sleep 1000\nexit 0");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, SHORT))).isEqualTo(stalled());
    }

    @Test
    void aToolThatFailsBehindACompleteDump() throws Exception {
        fake(dumper() + " \"$@\"\necho 'error: no more' >&2\nexit 1");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isInstanceOfSatisfying(Problem.DumpFailed.class, problem -> assertThat(problem.detail())
                        .endsWith("no more"));
    }

    @Test
    void aToolThatComplainsWithoutEnd() throws Exception {
        fake("i=0\nwhile [ $i -lt 20000 ]; do i=$((i+1)); echo 'error: again and again' >&2; done\nexit 1");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isInstanceOfSatisfying(Problem.DumpFailed.class, problem -> assertThat(problem.detail())
                        .contains("again and again")
                        .hasSizeLessThanOrEqualTo(300));
    }

    /** As the system does where memory runs short; it says nothing about the database. */
    @Test
    void aToolThatIsKilledFromOutside() throws Exception {
        fake("kill -9 $$");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.ToolKilled(dumper().getFileName().toString()));
    }

    private Problem stalled() {
        return new Problem.ToolStalled(dumper().getFileName().toString());
    }

    private Problem incomplete() {
        return new Problem.DumpIncomplete(dumper().getFileName().toString());
    }

    /** Dumps the one table. */
    protected static void assertDumps(Source source) throws Exception {
        assertThat(source.dump(OutputStream.nullOutputStream(), new Cancellation()))
                .hasSize(1);
    }

    /** Dumps to nowhere, which must fail. */
    protected static Problem problemOfDump(Source from) {
        return problem(() -> from.dump(OutputStream.nullOutputStream(), new Cancellation()));
    }

    /** Does what must fail. */
    protected static Problem problem(Callable<?> action) {
        try {
            action.call();
        } catch (BackupException e) {
            return e.problem();
        } catch (Exception e) {
            throw new AssertionError("Not a problem", e);
        }
        throw new AssertionError("Nothing was refused");
    }

    /** Does something when the first part of a dump arrives. */
    protected static final class Once extends OutputStream {
        /** What is done. */
        public interface Action {
            /**
             * Does it.
             *
             * @throws IOException if it fails
             */
            void run() throws IOException;
        }

        private final Action action;
        private boolean done;

        /**
         * Waits for the first part.
         *
         * @param action is then done
         */
        public Once(Action action) {
            this.action = action;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("Nobody writes single bytes");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!done) {
                done = true;
                action.run();
            }
        }
    }
}
