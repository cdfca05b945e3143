package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lies at a real data centre is not what was put there: each is refused and named, and nothing is taken in. */
class HostilePlaceIT extends DataCentreScenario {
    private static final String FULL = ".sql.gz.age";
    private static final String PACK = ".sql.pack.gz.age";
    private static final String NOTE = ".parts.json";
    private static final String MANIFEST = ".json";

    /** Where a pack would be more than half of it, all is sent. */
    private static final String ENOUGH_FOR_PACKS = "20000";

    /** The backups there, oldest first: a full one and two packs on it. */
    private List<String> ids;

    /** How the data centre is changed, and what fetching the newest must say. */
    private record Attack(String name, Change change, String code, String words) {}

    private interface Change {
        void at(Path home) throws IOException;
    }

    @Test
    void isRefusedNamedAndNotTakenIn() throws Exception {
        server().start();
        Path burnt = DemoHost.withoutPlus(data("burnt"));
        String day = "; backup:create; backup:send";
        DemoHost.Ended till = DemoHost.exec(
                burnt,
                // Three backups by hand, and no automatic one between them.
                "felix:stop de.joecash.backup.schedule; pos:entitle +Backup on; " + pointed("cleartext") + day + day
                        + day + "; backup:keys",
                "--receipts",
                ENOUGH_FOR_PACKS);
        assertThat(till.code()).as(till.out() + till.err()).isZero();
        String keys = till.out();
        ids = there("").stream()
                .filter(name -> name.matches("[^.]+\\.json"))
                .map(name -> name.replace(MANIFEST, ""))
                .filter(id -> Files.exists(server().home().resolve(id + PACK))
                        || Files.exists(server().home().resolve(id + FULL)))
                .toList();
        assertThat(ids).hasSize(3);
        String newest = ids.get(ids.size() - 1);
        assertThat(there("")).as("a full one and two packs on it").contains(newest + PACK);
        String foreign = foreign();
        exec(data("new"), "pos:entitle +Backup off; " + pointed("cleartext") + "; backup:trust " + mark(keys));
        try (DemoHost host = DemoHost.start(data("new"))) {
            String key = Files.readString(burnt.resolve("demo/vendor.key")).replaceAll("(?m)^#.*$", "");
            Map<String, byte[]> whole = copy();
            for (Attack attack : attacks(newest, ids.get(ids.size() - 2), ids.get(0))) {
                attack.change().at(server().home());
                assertRefused(host, newest, key, attack);
                putBack(whole);
            }
            assertRefused(host, foreign, key, new Attack("another till's", home -> {}, "SignerUnknown", foreign));
            JsonObject fetched = host.end(host.begin("fetch", ask(newest, key)));
            assertThat(fetched.has("problem")).as("put back: %s", fetched).isFalse();
        }
    }

    private List<Attack> attacks(String newest, String before, String oldest) {
        return List.of(
                new Attack(
                        "a bit of the pack",
                        edit(newest + PACK, HostilePlaceIT::flipped),
                        "ArchiveDamaged",
                        newest + PACK),
                new Attack(
                        "a bit of what it rests on",
                        edit(oldest + FULL, HostilePlaceIT::flipped),
                        "ArchiveDamaged",
                        oldest + FULL),
                new Attack(
                        "cut off",
                        edit(oldest + FULL, bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
                        "ArchiveDamaged",
                        oldest + FULL),
                new Attack("gone", home -> Files.delete(home.resolve(newest + PACK)), "PartsMissing", newest + PACK),
                new Attack("swapped", swap(newest + PACK, oldest + FULL), "ArchiveDamaged", newest + PACK),
                new Attack("an older pack again", again(before + PACK, newest + PACK), "ArchiveDamaged", newest + PACK),
                new Attack(
                        "an older note again",
                        again(before + NOTE, newest + NOTE),
                        "ManifestUnreadable",
                        newest + NOTE),
                new Attack(
                        "an older manifest again",
                        again(before + MANIFEST, newest + MANIFEST),
                        "ManifestUnreadable",
                        newest + MANIFEST),
                new Attack(
                        "a word of the manifest",
                        text(newest + MANIFEST, "\"shell\"", "\"shall\""),
                        "SignatureWrong",
                        newest + MANIFEST),
                new Attack(
                        "no signature",
                        text(newest + MANIFEST, "(?s),\n  \"publicKey\".*\\n}", "\n}"),
                        "SignatureWrong",
                        newest + MANIFEST),
                new Attack(
                        "an older format without a signature",
                        home -> {
                            text(newest + MANIFEST, "(?s),\n  \"publicKey\".*\\n}", "\n}")
                                    .at(home);
                            text(newest + MANIFEST, "\"format\": 4", "\"format\": 3")
                                    .at(home);
                        },
                        "SignatureWrong",
                        newest + MANIFEST),
                new Attack(
                        "a note that leads elsewhere",
                        text(newest + NOTE, "\"file\": \"", "\"file\": \"../"),
                        "ManifestUnreadable",
                        newest + NOTE));
    }

    private static void assertRefused(DemoHost host, String id, String key, Attack attack) {
        JsonObject ended = host.end(host.begin("fetch", ask(id, key)));
        assertThat(ended.has("problem")).as("%s: %s", attack.name(), ended).isTrue();
        JsonObject problem = ended.getAsJsonObject("problem");
        assertThat(problem.get("code").getAsString())
                .as("%s: %s", attack.name(), words(problem))
                .isEqualTo(attack.code());
        assertThat(words(problem)).as(attack.name()).contains(attack.words());
        assertThat(host.backupList())
                .as(attack.name())
                .noneMatch(backup -> backup.get("id").getAsString().equals(id));
    }

    private static String ask(String id, String key) {
        JsonObject ask = new JsonObject();
        ask.addProperty("destination", "data-centre");
        ask.addProperty("directory", "");
        ask.addProperty("backup", id);
        ask.addProperty("key", key);
        return ask.toString();
    }

    /** A backup of another till, which nobody has confirmed, in the same directory. */
    private String foreign() throws Exception {
        Path other = data("other");
        exec(other, "pos:entitle +Backup off; backup:create");
        try (Stream<Path> files = Files.list(other.resolve("backups"))) {
            Path manifest = files.filter(file -> file.getFileName().toString().matches("[^.]+\\.json"))
                    .findFirst()
                    .orElseThrow();
            String id = manifest.getFileName().toString().replace(MANIFEST, "");
            assertThat(ids).doesNotContain(id);
            // As a new file: its own may be read by nobody else.
            Files.write(server().home().resolve(id + MANIFEST), Files.readAllBytes(manifest));
            return id;
        }
    }

    private static String mark(String keys) {
        Matcher mark = Pattern.compile("[2-9A-Z]{4}(-[2-9A-Z]{4}){5}").matcher(keys);
        assertThat(mark.find()).as(keys).isTrue();
        return mark.group();
    }

    private static byte[] flipped(byte[] bytes) {
        bytes[bytes.length / 2] ^= 1;
        return bytes;
    }

    private static Change edit(String name, UnaryOperator<byte[]> how) {
        return home -> Files.write(home.resolve(name), how.apply(Files.readAllBytes(home.resolve(name))));
    }

    private static Change text(String name, String regex, String instead) {
        return edit(name, bytes -> {
            String before = new String(bytes, StandardCharsets.UTF_8);
            String after = before.replaceFirst(regex, instead);
            assertThat(after).isNotEqualTo(before);
            return after.getBytes(StandardCharsets.UTF_8);
        });
    }

    private static Change swap(String one, String other) {
        return home -> {
            byte[] bytes = Files.readAllBytes(home.resolve(one));
            Files.write(home.resolve(one), Files.readAllBytes(home.resolve(other)));
            Files.write(home.resolve(other), bytes);
        };
    }

    private static Change again(String old, String now) {
        return home -> Files.write(home.resolve(now), Files.readAllBytes(home.resolve(old)));
    }

    private Map<String, byte[]> copy() throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        for (String name : there("")) {
            all.put(name, Files.readAllBytes(server().home().resolve(name)));
        }
        return all;
    }

    private void putBack(Map<String, byte[]> whole) throws IOException {
        for (Map.Entry<String, byte[]> file : whole.entrySet()) {
            Files.write(server().home().resolve(file.getKey()), file.getValue());
        }
    }
}
