package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till that cannot work on a server says why, early, and changes nothing there. */
abstract class ServerRefusalTest {
    @TempDir
    Path data;

    final String name = TestServer.newName();

    abstract TestServer server();

    final String owner() {
        return server().kind.equals("postgresql") ? " OWNER " + TestServer.USER : "";
    }

    private Map<String, String> askedWith(String property, String value) {
        Map<String, String> asked = new HashMap<>(server().asked(name));
        asked.put(property, value);
        return asked;
    }

    private String refusal(Map<String, String> asked) throws Exception {
        try (RunningTill running = new RunningTill(data, new DatabaseChoice(asked)::open, 5)) {
            ExecutionException refused = Assertions.catchThrowableOfType(
                    ExecutionException.class, () -> running.ready.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertThat(refused).as("refused").isNotNull();
            assertThat(refused.getCause()).isInstanceOf(RunningTill.Refused.class);
            assertThat(running.till.status().phase()).isEqualTo(TillStatus.Phase.FAILED);
            assertThat(refused.getCause().getMessage()).doesNotContain(TestServer.PASSWORD);
            return refused.getCause().getMessage();
        }
    }

    private void assertUntouched() throws Exception {
        assertThat(data.resolve("till/current")).doesNotExist();
        assertThat(data.resolve("database")).doesNotExist();
        assertThat(server().databases(name)).isEmpty();
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        Path file = data.resolve("wrong");
        TestServer.write(file, "wrong");
        assertThat(refusal(askedWith(DatabaseChoice.PASSWORD_FILE, file.toString())))
                .contains(TestServer.USER, "password");
        assertUntouched();
    }

    @Test
    void refusesAServerThatDoesNotAnswer() throws Exception {
        String nobody = server().server.url(name).replace(":" + server().server.port(), ":1");
        assertThat(refusal(askedWith(DatabaseChoice.URL, nobody))).contains("127.0.0.1:1", "--database-url");
        assertUntouched();
    }

    @Test
    void refusesAUserWhoMayNotCreateDatabases() throws Exception {
        server().createUser("poor" + name, false);
        String refusal = refusal(askedWith(DatabaseChoice.USER, "poor" + name));
        assertThat(refusal).contains(server().kind.equals("postgresql") ? "CREATEDB" : "GRANT ALL PRIVILEGES");
        assertUntouched();
    }

    @Test
    void refusesADatabaseWithSomethingInItAndLeavesItAlone() throws Exception {
        server().administer("CREATE DATABASE " + name + owner());
        try (RunningTill other = new RunningTill(
                Files.createDirectory(data.resolve("other")), new DatabaseChoice(server().asked(name))::open, 5)) {
            other.database();
        }
        assertThat(refusal(server().asked(name))).contains(name, "--database-url");
        assertThat(server().databases(name)).containsExactly(name);
        try (RunningTill other = new RunningTill(data.resolve("other"), new DatabaseChoice(Map.of())::open, 5)) {
            other.database();
            assertThat(other.till.books().receipts()).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void refusesAnUnmarkedDatabaseOfSomebodyElse() throws Exception {
        server().administer("CREATE DATABASE " + name + owner());
        server().administerIn(name, "CREATE TABLE customers (id INTEGER)");
        assertThat(refusal(server().asked(name))).contains(name, "--database-url");
        assertThat(server().databases(name)).containsExactly(name);
    }

    @Test
    void keepsToItsKindAndItsServer() throws Exception {
        try (RunningTill running = new RunningTill(data, new DatabaseChoice(server().asked(name))::open, 5)) {
            running.database();
        }
        assertThat(refusal(Map.of(DatabaseChoice.KIND, "h2"))).contains(server().kind, "h2", "--data");
        assertThat(refusal(askedWith(DatabaseChoice.URL, server().server.url(name + "x"))))
                .contains(server().server.url(name), data.resolve("database").toString());
        assertThat(server().databases(name)).containsExactly(name);
    }

    @Test
    void takesANewPasswordFileAndRemembersIt() throws Exception {
        try (RunningTill running = new RunningTill(data, new DatabaseChoice(server().asked(name))::open, 5)) {
            running.database();
        }
        Path moved = data.resolve("moved");
        TestServer.write(moved, TestServer.PASSWORD);
        for (Map<String, String> asked :
                List.of(Map.of(DatabaseChoice.PASSWORD_FILE, moved.toString()), Map.<String, String>of())) {
            try (RunningTill running = new RunningTill(data, new DatabaseChoice(asked)::open, 5)) {
                running.database();
            }
        }
        assertThat(Files.readString(data.resolve("database"))).contains("moved");
    }
}
