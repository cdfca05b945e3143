package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Run;
import de.joecash.pos.activity.TillSales;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** {@code backup:update} on a till that sells: what is good is installed, what is not is taken back by itself. */
public class SignedUpdateIT extends TillContainer {
    private static final String UPDATER = "de.joecash.backup.update";
    private static final String CORE = "de.joecash.backup.core";
    private static final String WEB = "de.joecash.backup.web";
    private static final String UNDER_WAY = "A run of the data backup is under way";

    private Path directory;
    private SetMaker vendor;

    @Override
    protected int receipts() {
        return 5_000;
    }

    @Before
    public void aVendorWhoIsBelieved() throws Exception {
        Path data = Path.of(context.getProperty("de.joecash.data"));
        directory = Files.createTempDirectory(data, "sets");
        Path key = data.resolve("demo/update.key");
        Await.asserted(PATIENCE, () -> assertThat(key).exists());
        vendor = new SetMaker(jar(UPDATER), key, directory);
        limit(60);
        service(BackupService.class);
    }

    /** Sets the limit within which all has to be up, and waits until the command has it. */
    private void limit(int seconds) throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class).getConfiguration(UPDATER, "?");
        Dictionary<String, Object> properties =
                Await.nonNull(PATIENCE, "the demo's configuration", configuration::getProperties);
        properties.put("healthSeconds", seconds);
        configuration.update(properties);
        Await.asserted(
                PATIENCE, () -> assertThat(services("(&(osgi.command.function=update)(healthSeconds=" + seconds + "))"))
                        .hasSize(1));
    }

    @Test
    public void aGoodSetIsInstalledAfterTheRunUnderWayAndTheUpdaterLast() throws Exception {
        Map<String, byte[]> newer = newer(CORE, "de.joecash.backup.source.h2", WEB, UPDATER);
        Path set = vendor.set("good", newer);
        BackupService before = service(BackupService.class);
        Run run = Await.nonNull(PATIENCE, "a run that is held up", () -> {
            Run begun = before.create(CreateRequest.manual("test"));
            return before.pause(begun.id()) ? begun : null;
        });
        Version core = bundle(CORE).getVersion();
        Version updater = bundle(UPDATER).getVersion();
        long sold = sold();

        // Until the update waits for its end, so that it is under way however long the set takes to be looked at.
        String said = command("backup:update " + set, heard -> {
            if (heard.contains(UNDER_WAY)) {
                before.resume(run.id());
            }
        });

        assertThat(said).contains(UNDER_WAY, "good 1.0 is installed and runs.");
        assertThat(run.outcome().toCompletableFuture()).succeedsWithin(PATIENCE).isInstanceOf(Outcome.Succeeded.class);
        assertThat(bundle(CORE).getVersion()).isGreaterThan(core);
        Await.asserted(PATIENCE, () -> {
            assertThat(bundle(UPDATER).getVersion()).isGreaterThan(updater);
            assertThat(context.getBundle(0).adapt(FrameworkWiring.class).getRemovalPendingBundles())
                    .doesNotContain(bundle(UPDATER));
            assertThat(command("backup:update")).contains("good 1.0 is installed and runs.");
        });
        assertSellsOn(sold);
        assertThat(command("backup:create; backup:list")).contains("read back and equal");
        assertThat(update(set)).contains("installed already");
    }

    @Test
    public void aBundleWhoseImportIsMissingIsTakenBack() throws Exception {
        byte[] broken = NewerBundle.of(bundle(WEB), Map.of("Import-Package", "no.such.thing"), Map.of());
        Map<String, byte[]> bundles = newer(CORE);
        bundles.put(WEB, broken);

        assertTakenBack(vendor.set("import", bundles), "de.joecash.backup.web does not start", "no.such.thing");
    }

    @Test
    public void aComponentThatThrowsIsTakenBack() throws Exception {
        Map<String, byte[]> bundles = Map.of(WEB, withComponent(WEB, "throwing", Throwing.class));
        limit(3);

        assertTakenBack(vendor.set("throwing", bundles), "component throwing in de.joecash.backup.web", "no paper");
    }

    @Test
    public void aComponentWithoutItsClassIsTakenBack() throws Exception {
        Map<String, byte[]> bundles = Map.of(WEB, withComponent(WEB, "hollow", "no.such.Component", Map.of()));
        limit(3);

        assertTakenBack(
                vendor.set("hollow", bundles), "component hollow in de.joecash.backup.web", "no.such.Component");
    }

    @Test
    public void aBundleThatLostItsComponentsIsTakenBack() throws Exception {
        Map<String, byte[]> bundles = Map.of(WEB, NewerBundle.without(bundle(WEB), "Service-Component"));
        limit(3);

        assertTakenBack(vendor.set("empty", bundles), "de.joecash.backup.web has none of its components");
    }

    @Test
    public void whatTheHostStandsOnIsRefused() throws Exception {
        assertRefused(
                vendor.set("host", newer("de.joecash.pos.api")),
                "would stop bundles of the host that are not in it",
                "de.joecash.pos.reference");
    }

    @Test
    public void whatTheVendorDidNotSignIsRefused() throws Exception {
        Path key = SetMaker.newKey(directory.resolve("other.key"));
        Path foreign = new SetMaker(jar(UPDATER), key, directory).set("foreign", newer(WEB));
        assertRefused(foreign, "signed by a key that is not entered here", "Ask the vendor");

        Path set = vendor.set("changed", newer(WEB));
        assertRefused(withAnotherList(set), "changed after the vendor signed it", "Do not use the file");
    }

    private Path withAnotherList(Path set) throws IOException {
        Path changed = directory.resolve("changed-list.zip");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(set));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(
                        text.replace("\"install\": false", "\"install\": true").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return changed;
    }

    @Test
    public void anOlderVersionIsRefused() throws Exception {
        try (InputStream web = Files.newInputStream(jar(WEB))) {
            byte[] older = NewerBundle.of(web, "0.0.9", Map.of(), Map.of());
            assertRefused(
                    vendor.set("older", Map.of(WEB, older)), "de.joecash.backup.web in version 0.0.9", "Take a newer");
        }
    }

    @Test
    public void aFileThatWasCutOffIsRefused() throws Exception {
        Path set = vendor.set("whole", newer(CORE));
        byte[] bytes = Files.readAllBytes(set);
        Path cut = Files.write(directory.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused(cut, "cut off or damaged", "Fetch it again");
    }

    private void assertRefused(Path set, String... words) throws Exception {
        Map<String, String> before = versions();
        String said = update(set);

        assertThat(said).contains(words).contains("Nothing was changed.");
        assertThat(versions()).isEqualTo(before);
    }

    private void assertTakenBack(Path set, String... words) throws Exception {
        Map<String, String> before = versions();
        List<Backup> backups = service(BackupService.class).list();
        long sold = sold();

        String said = update(set);

        assertThat(said)
                .contains(words)
                .contains("The old version is back and runs", "Send this message to the vendor");
        assertThat(versions()).isEqualTo(before);
        assertThat(ours()).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
        assertThat(command("backup:update")).contains(words);
        // One may have been sent meanwhile.
        assertThat(service(BackupService.class).list())
                .extracting(Backup::id)
                .containsAll(backups.stream().map(Backup::id).toList());
        assertSellsOn(sold);
        Await.asserted(PATIENCE, () -> assertThat(service(BackupService.class)
                        .create(CreateRequest.manual("test"))
                        .outcome()
                        .toCompletableFuture()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(Outcome.Succeeded.class));
    }

    private Map<String, byte[]> newer(String... names) throws IOException {
        Map<String, byte[]> newer = new LinkedHashMap<>();
        for (String name : names) {
            newer.put(name, NewerBundle.of(bundle(name), Map.of(), Map.of()));
        }
        return newer;
    }

    private byte[] withComponent(String name, String component, Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream code = type.getClassLoader().getResourceAsStream(file)) {
            return withComponent(name, component, type.getName(), Map.of(file, code.readAllBytes()));
        }
    }

    private byte[] withComponent(String name, String component, String type, Map<String, byte[]> code)
            throws IOException {
        String xml = "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + component
                + "\" immediate=\"true\"><implementation class=\"" + type + "\"/></scr:component>";
        Map<String, byte[]> entries = new HashMap<>(code);
        entries.put("OSGI-INF/more.xml", xml.getBytes(StandardCharsets.UTF_8));
        return NewerBundle.of(bundle(name), Map.of("Service-Component", "OSGI-INF/more.xml"), entries);
    }

    private String update(Path set) {
        return command("backup:update " + set);
    }

    /** What a command prints, and the words that it ends with where it fails. */
    private String command(String line) {
        return command(line, heard -> {});
    }

    /** The same, which hears all that was printed so far whenever something is. */
    private String command(String line, Consumer<String> hears) {
        CommandProcessor processor = service(CommandProcessor.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                hears.accept(toString(StandardCharsets.UTF_8));
            }
        };
        String failure = "";
        try (CommandSession session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.execute(line);
        } catch (Exception e) {
            failure = e.getMessage();
        }
        return out.toString(StandardCharsets.UTF_8) + failure;
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        ours().forEach(bundle -> versions.put(
                bundle.getSymbolicName(),
                bundle.getVersion() + " "
                        + Collections.list(bundle.findEntries("/", "*.class", true))
                                .size()));
        return versions;
    }

    private long sold() throws SQLException {
        return service(TillSales.class).since(Instant.EPOCH).receipts();
    }

    private void assertSellsOn(long before) throws SQLException {
        Await.asserted(PATIENCE, () -> assertThat(sold()).isGreaterThan(before));
    }

    private Bundle bundle(String symbolicName) {
        return ours().stream()
                .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }

    private Path jar(String symbolicName) {
        return Path.of(URI.create(bundle(symbolicName).getLocation()));
    }
}
