package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Backups that a till could have made twice a day before the one that it made: their manifests have names and times of
 * their own and are signed by the till's key, their other files are further names of that one's. Written after what the
 * bundles' README says of the formats, by nothing of the product's.
 */
final class OtherBackups {
    private static final Pattern NAME = Pattern.compile("(.+)-\\d{4}-\\d{2}-\\d{2}T\\d{6}-(\\d+)");
    private static final Pattern TIMES = Pattern.compile("(?m)(?<=^  \"(?:started|finished)\": \")[^\"]+");
    private static final Pattern SIGNATURE = Pattern.compile("  \"signature\": \"[^\"]+\"\n}\n$");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\n([^-]+)\n-----END PRIVATE KEY-----\n");
    private static final DateTimeFormatter IN_NAMES = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss");
    private static final int HOURS_BETWEEN = 12;
    private static final String MANIFEST = ".json";

    private final String model;
    private final Path folder;
    private final String manifest;
    private final List<Path> files;
    private final PrivateKey key;

    private OtherBackups(String model, Path folder) throws IOException, GeneralSecurityException {
        this.model = model;
        this.folder = folder;
        this.manifest = Files.readString(folder.resolve(model + MANIFEST));
        try (Stream<Path> all = Files.list(folder)) {
            this.files = all.filter(file -> name(file).startsWith(model + "."))
                    .filter(file -> !name(file).equals(model + MANIFEST))
                    .toList();
        }
        String pem =
                first(KEY, Files.readString(folder.resolve("keys/till.key"))).group(1);
        this.key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    }

    /** Puts as many into a backup folder that no host uses; gives their names, oldest first. */
    static List<String> like(String model, Path folder, int count) throws IOException, GeneralSecurityException {
        OtherBackups others = new OtherBackups(model, folder);
        return IntStream.rangeClosed(1, count)
                .parallel()
                .mapToObj(each -> others.add(each, (long) HOURS_BETWEEN * (count - each + 1)))
                .toList();
    }

    private String add(int after, long hoursBefore) {
        MatchResult name = first(NAME, model);
        String own = TIMES.matcher(manifest)
                .replaceAll(time -> earlier(time.group(), hoursBefore).toString());
        String id = "%s-%s-%06d"
                .formatted(
                        name.group(1),
                        IN_NAMES.format(ZonedDateTime.parse(first(TIMES, own).group())),
                        Long.parseLong(name.group(2)) + after);
        try {
            Files.writeString(folder.resolve(id + MANIFEST), signed(own.replace(model, id)));
            for (Path file : files) {
                Files.createLink(folder.resolve(name(file).replace(model, id)), file);
            }
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static ZonedDateTime earlier(String time, long hours) {
        return ZonedDateTime.parse(time).minusHours(hours);
    }

    /** Puts the signature of all before it in the last one's place. */
    private String signed(String text) throws GeneralSecurityException {
        String before = text.substring(0, first(SIGNATURE, text).start());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(before.getBytes(StandardCharsets.UTF_8));
        return before + "  \"signature\": \"" + Base64.getEncoder().encodeToString(signature.sign()) + "\"\n}\n";
    }

    private static MatchResult first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.toMatchResult();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
