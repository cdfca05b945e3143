package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.joecash.backup.testkit.FreePorts;
import de.joecash.backup.testkit.Needed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A demo host that runs: started from the jar, used through its back office, stopped or killed. */
final class DemoHost implements AutoCloseable {
    static final Path JAR = Path.of("../features/de.joecash.pos.runtime/target/joecash-pos.jar")
            .toAbsolutePath()
            .normalize();

    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

    static final String ENGLISH = "en";
    static final String GERMAN = "de-DE";

    private static final String LANGUAGE = "-Duser.language=";
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");

    /** A large till that a test was asked for takes longer. */
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(Long.getLong("receipts", 0));

    private final Path data;
    private final Process process;
    private final URI root;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String session;
    private final Duration untilReachable;

    /** How a process ended. */
    record Ended(int code, String out, String err) {}

    private DemoHost(Path data, Process process, URI root, Duration untilReachable) {
        this.data = data;
        this.process = process;
        this.root = root;
        this.untilReachable = untilReachable;
        this.session = logIn();
    }

    /** Makes the data directory of a till that has not booked +Backup: no automatic backup comes in between. */
    static Path withoutPlus(Path data) throws IOException {
        Files.createDirectories(data);
        Files.createFile(data.resolve("licences"));
        return data;
    }

    /** Starts one and waits until its till sells. */
    static DemoHost start(Path data, String... options) {
        return start(Map.of(), data, options);
    }

    /** Starts one whose speed is measured, that runs a script in its shell meanwhile, and ends with it. */
    static DemoHost startWithScript(Path data, List<String> commands, String... options) throws IOException {
        int port = FreePorts.one();
        // While a script runs, the host does not say where it is.
        String script = "echo 'http://127.0.0.1:" + port + "/'; " + String.join("; ", commands);
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--port", String.valueOf(port), "--exec", script));
        return startAtFullSpeed(data, all.toArray(String[]::new));
    }

    /** One that somebody else starts and ends; waits until its door answers. */
    static DemoHost at(Path data, URI root) {
        return new DemoHost(data, null, root, Duration.ZERO);
    }

    /** Starts one where another was, at the same address, and whose speed is measured, too. */
    static DemoHost startAgain(DemoHost former) {
        return startAtFullSpeed(former.data, "--port", String.valueOf(former.root.getPort()));
    }

    /** Starts one whose clock is 25 hours ahead. */
    static DemoHost startADayLater(Path data) {
        Needed.on(Files.exists(FAKETIME), "the Debian package libfaketime");
        return start(
                Map.of(
                        "LD_PRELOAD",
                        FAKETIME.toString(),
                        "FAKETIME",
                        "+25h",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // Else no wait of a thread lasts: what waits for a while asks without end, on all processors.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"),
                data);
    }

    /** Starts one in an environment that holds these, too. */
    static DemoHost start(Map<String, String> environment, Path data, String... options) {
        return start(environment, data, command(ShortLived.options(), data, options));
    }

    /** Starts one whose speed is measured. */
    static DemoHost startAtFullSpeed(Path data, String... options) {
        return start(Map.of(), data, command(List.of(), data, options));
    }

    private static DemoHost start(Map<String, String> environment, Path data, List<String> command) {
        if (!command.contains("--port")) {
            command.addAll(List.of("--port", "0"));
        }
        Path out = data.resolveSibling(data.getFileName() + ".out");
        long begun = System.nanoTime();
        try {
            Files.deleteIfExists(out);
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                return started(data, process, out, begun);
            } catch (AssertionError | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DemoHost started(Path data, Process process, Path out, long begun) {
        URI root = await("the back office's address in " + out, () -> {
            assertThat(process.isAlive()).as("host runs; see %s", out).isTrue();
            Matcher matcher = ADDRESS.matcher(Files.exists(out) ? Files.readString(out) : "");
            return matcher.find() ? URI.create(matcher.group()) : null;
        });
        DemoHost host = new DemoHost(data, process, root, Duration.ofNanos(System.nanoTime() - begun));
        host.awaitTill(till -> till.get("phase").getAsString().equals("SELLING"));
        return host;
    }

    /** Runs a script in a host of its own, to the end. */
    static Ended exec(Path data, String script, String... options) throws IOException, InterruptedException {
        return exec(Locale.ENGLISH, data, script, options);
    }

    /** Runs a script in a host of its own that speaks a language. */
    static Ended exec(Locale language, Path data, String script, String... options)
            throws IOException, InterruptedException {
        List<String> command = command(ShortLived.options(), data, options);
        command.replaceAll(word -> word.startsWith(LANGUAGE) ? LANGUAGE + language.getLanguage() : word);
        command.addAll(List.of("--exec", script));
        Path out = Files.createTempFile("exec", ".out");
        Path err = Files.createTempFile("exec", ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            // Of 5 GB, at the pace of an open till, a backup takes nine minutes.
            assertThat(process.waitFor(40, TimeUnit.MINUTES))
                    .as("%s ends", script)
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static List<String> command(List<String> jvm, Path data, String... options) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // What fails often is told with its place, too.
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx128m", "-XX:-OmitStackTraceInFastThrow"));
        command.addAll(jvm);
        command.addAll(List.of(LANGUAGE + "en", "-jar", JAR.toString(), "--data", data.toString()));
        command.addAll(List.of(options));
        return command;
    }

    /** The process's number. */
    long pid() {
        return process.pid();
    }

    /** How long it took from the start of the process until the address was printed. */
    Duration untilReachable() {
        return untilReachable;
    }

    Path data() {
        return data;
    }

    Path backups() {
        return data.resolve("backups");
    }

    /** The cookie of who is logged in. */
    String session() {
        return session;
    }

    URI root() {
        return root;
    }

    /** Every file in the backup folder that is being written. */
    List<Path> parts() {
        try {
            return LiveFiles.below(backups()).stream()
                    .filter(file -> file.toString().endsWith(".part"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonObject till() {
        return get("/pos/api/overview").getAsJsonObject().getAsJsonObject("till");
    }

    void awaitTill(Predicate<JsonObject> holds) {
        await("the till", () -> holds.test(till()) ? true : null);
    }

    /** Waits until it sells: also one that was restored meanwhile, whose receipts are counted at the next sale. */
    void awaitASale() {
        long before = receipts();
        awaitTill(till -> till.get("receipts").getAsLong() != before);
    }

    /** Waits until the till has as many. */
    void awaitReceipts(long atLeast) {
        awaitTill(till -> till.get("receipts").getAsLong() >= atLeast);
    }

    /** How many receipts the till had at its last sale. */
    long receipts() {
        return till().get("receipts").getAsLong();
    }

    JsonObject state() {
        return state(ENGLISH);
    }

    JsonObject state(String language) {
        return get("/backup/api/v1/state", language).getAsJsonObject();
    }

    /** What waits to be sent, and why. */
    List<JsonObject> queue(String language) {
        List<JsonObject> entries = new ArrayList<>();
        state(language).getAsJsonArray("transfers").forEach(entry -> entries.add(entry.getAsJsonObject()));
        return entries;
    }

    List<JsonObject> queue() {
        return queue(ENGLISH);
    }

    List<JsonObject> backupList() {
        List<JsonObject> all = new ArrayList<>();
        get("/backup/api/v1/backups").getAsJsonArray().forEach(one -> all.add(one.getAsJsonObject()));
        return all;
    }

    /** Starts a run and gives its id. */
    String begin(String what, String body) {
        Reply reply = post("/backup/api/v1/" + what, body);
        assertThat(reply.status).as("%s: %s", what, reply.body).isEqualTo(202);
        return reply.body.getAsJsonObject().get("id").getAsString();
    }

    /** Gives a run as the page shows it. */
    JsonObject run(String id) {
        return run(state(), id);
    }

    JsonObject run(String id, String language) {
        return run(state(language), id);
    }

    private static JsonObject run(JsonObject state, String id) {
        for (JsonElement run : state.getAsJsonArray("runs")) {
            if (run.getAsJsonObject().get("id").getAsString().equals(id)) {
                return run.getAsJsonObject();
            }
        }
        throw new AssertionError("No run " + id + " in " + state);
    }

    /** Runs something to its end, which must be good. */
    JsonObject succeed(String what, String body) {
        awaitIdle();
        JsonObject run = end(begin(what, body));
        assertThat(run.has("problem")).as("%s: %s", what, run).isFalse();
        return run;
    }

    /** Waits until nothing is under way: an automatic backup may be. */
    void awaitIdle() {
        await("an idle core", () -> {
            for (JsonElement run : state().getAsJsonArray("runs")) {
                if (!run.getAsJsonObject().has("ended")) {
                    return null;
                }
            }
            return true;
        });
    }

    /** Runs something to its end, which must be a refusal; gives its problem. */
    JsonObject fail(String what, String body) {
        JsonObject run = end(begin(what, body));
        assertThat(run.has("problem")).as("%s: %s", what, run).isTrue();
        return run.getAsJsonObject("problem");
    }

    /** What the page says about a run that failed, in a language. */
    String problem(String id, String language) {
        JsonObject problem = run(id, language).getAsJsonObject("problem");
        return String.join(
                " ",
                List.of(
                        problem.get("cause").getAsString(),
                        problem.get("consequence").getAsString(),
                        problem.get("nextStep").getAsString()));
    }

    JsonObject end(String id) {
        return await("the end of " + id, () -> {
            JsonObject run = run(id);
            return run.has("ended") ? run : null;
        });
    }

    /** Makes a backup and gives its name. */
    String backup() {
        return succeed("backups", "{}").get("backup").getAsString();
    }

    /** The same of a host whose bundles come one by one: its database may come after the pages. */
    String firstBackup() {
        return await("a backup of a database that has come", () -> {
            JsonObject run = end(begin("backups", "{}"));
            if (run.has("problem")) {
                assertThat(run.getAsJsonObject("problem").get("code").getAsString())
                        .as("%s", run)
                        .isEqualTo("NoDatabase");
                return null;
            }
            return run.get("backup").getAsString();
        });
    }

    /** Begins a backup that waits for somebody to let it go on; gives its run. */
    String pausedBackup() {
        return await("a backup that could be paused", () -> {
            awaitIdle();
            String run = begin("backups", "{}");
            return pause(run) ? run : null;
        });
    }

    /** Holds a run up; says whether it is held up now. */
    boolean pause(String run) {
        return post("/backup/api/v1/pause", "{\"id\":\"" + run + "\"}").status() == 200;
    }

    /** Lets it go on. */
    void resume(String run) {
        assertThat(post("/backup/api/v1/resume", "{\"id\":\"" + run + "\"}").status())
                .isEqualTo(200);
    }

    void book(boolean granted) {
        assertThat(post("/pos/api/licence", "{\"granted\":" + granted + "}").status)
                .isEqualTo(200);
    }

    void settings(String kind, String path) {
        Reply reply = askForSettings(kind, path, ENGLISH);
        assertThat(reply.status).as("%s %s: %s", kind, path, reply.body).isEqualTo(200);
    }

    Reply askForSettings(String kind, String path, String language) {
        String body =
                "{\"provider\":\"local-backup\",\"values\":{\"01.1\":\"%s\",\"01.2\":\"%s\"}}".formatted(kind, path);
        return post("/pos/api/settings", body, language);
    }

    /** How much processor time the process has taken so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Listens to what the page is told, line by line, until the host ends it. */
    void listen(Consumer<String> heard) {
        CompletableFuture<?> unused = client.sendAsync(
                request("/backup/api/v1/events", ENGLISH).GET().build(),
                HttpResponse.BodyHandlers.fromLineSubscriber(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(String line) {
                        heard.accept(line);
                    }

                    @Override
                    public void onError(Throwable thrown) {
                        // The host was stopped.
                    }

                    @Override
                    public void onComplete() {
                        // The host ended it.
                    }
                }));
    }

    /** The most memory the process ever had in the machine's RAM, in bytes. */
    long peakMemory() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new AssertionError("No VmHWM");
    }

    /** An answer of the back office. */
    record Reply(int status, JsonElement body) {}

    JsonElement get(String path) {
        return get(path, ENGLISH);
    }

    JsonElement get(String path, String language) {
        Reply reply = send(request(path, language).GET().build());
        assertThat(reply.status).as("GET %s: %s", path, reply.body).isEqualTo(200);
        return reply.body;
    }

    /** What is answered to somebody who only looks, by its status. */
    int status(String path) {
        return send(request(path, ENGLISH).GET().build()).status;
    }

    Reply post(String path, String body) {
        return post(path, body, ENGLISH);
    }

    private Reply post(String path, String body, String language) {
        return send(request(path, language)
                .header("Content-Type", "application/json")
                .header("X-JoeCash", "1")
                .header("Origin", root.resolve("/").toString().replaceAll("/$", ""))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path, String language) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(root.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Accept-Language", language);
        return session == null ? builder : builder.header("Cookie", session);
    }

    private Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            JsonElement body =
                    response.body().startsWith("{") || response.body().startsWith("[")
                            ? JsonParser.parseString(response.body())
                            : new JsonObject();
            return new Reply(response.statusCode(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String logIn() {
        HttpRequest login = request("/pos/api/login", ENGLISH)
                .header("Content-Type", "application/json")
                .header("X-JoeCash", "1")
                .header("Origin", root.toString().replaceAll("/$", ""))
                .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"chef\",\"password\":\"demo\"}"))
                .build();
        return await("the login", () -> {
            try {
                HttpResponse<String> response = client.send(login, HttpResponse.BodyHandlers.ofString());
                return response.headers()
                        .firstValue("Set-Cookie")
                        .map(cookie -> cookie.split(";", 2)[0])
                        .orElse(null);
            } catch (IOException e) {
                return null;
            }
        });
    }

    /** Something that may not be there yet. */
    @FunctionalInterface
    interface Look<T> {
        T look() throws IOException, InterruptedException;
    }

    static <T> T await(String what, Look<T> look) {
        return await(PATIENCE, what, look);
    }

    static <T> T await(Duration patience, String what, Look<T> look) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (T found = look.look(); ; found = look.look()) {
                if (found != null) {
                    return found;
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Not within " + patience + ": " + what);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends it as the system does when it shuts down; gives the exit code, 0 where it did so in time. */
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("stops on SIGTERM")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
