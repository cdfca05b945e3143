package de.joecash.backup.update.internal.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.update.internal.Vendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set is hostile until it was proven: each way to be wrong is refused by its own words. */
class SetFileTest {
    @TempDir
    private Path directory;

    private Vendor vendor;
    private byte[] jar;
    private BundleList list;

    @BeforeEach
    void setUp() throws Exception {
        vendor = new Vendor();
        jar = Vendor.bundle("Bundle-SymbolicName=a.b; singleton:=true", "Bundle-Version=1.2.3");
        list = list(Vendor.listed("a.b", "1.2.3", "a.jar", jar));
    }

    private static BundleList list(ListedBundle... bundles) {
        return new BundleList(BundleList.FORMAT, "backup", "1.2", List.of(bundles));
    }

    @Test
    void isReadAndItsBundlesAreTakenOut() throws Exception {
        try (SetFile set = open(zip(vendor.contents(list, jar)))) {
            assertThat(set.list()).isEqualTo(list);
            assertThat(set.extract(list.bundles().get(0), empty())).hasBinaryContent(jar);
        }
    }

    @Test
    void isRefusedWhereItIsCutOffAtAnyLength() throws Exception {
        byte[] whole = Files.readAllBytes(zip(vendor.contents(list, jar)));
        for (int length = 0; length < whole.length; length += 7) {
            Path cut = Files.write(directory.resolve("cut.zip"), Arrays.copyOf(whole, length));

            assertRefused(Refusal.CUT, () -> open(cut));
        }
    }

    @Test
    void isRefusedWhereItIsNoFile() {
        assertRefused(Refusal.NO_FILE, () -> open(directory.resolve("missing.zip")));
        assertRefused(Refusal.NO_FILE, () -> open(directory));
    }

    @Test
    void isRefusedWhereItIsAnotherZip() throws Exception {
        assertRefused(Refusal.NOT_A_SET, () -> open(zip(Map.of("a.jar", jar))));
        Map<String, byte[]> unsigned = vendor.contents(list, jar);
        unsigned.remove(SetFile.SIGNATURE);
        assertRefused(Refusal.NOT_A_SET, () -> open(zip(unsigned)));
        Map<String, byte[]> signedOtherwise = vendor.contents(list, jar);
        signedOtherwise.put(SetFile.SIGNATURE, "signed".getBytes(StandardCharsets.UTF_8));
        assertRefused(Refusal.NOT_A_SET, () -> open(zip(signedOtherwise)));
    }

    @Test
    void isRefusedWhereSomebodyElseSignedIt() throws Exception {
        Vendor other = new Vendor();
        Path foreign = zip(other.contents(list, jar));

        assertThatThrownBy(() -> open(foreign)).isInstanceOfSatisfying(SetRefused.class, refused -> {
            assertThat(refused.refusal()).isEqualTo(Refusal.KEY_UNKNOWN);
            assertThat(refused.arguments()).containsExactly(other.key().toString());
        });
    }

    @Test
    void isTakenFromEachVendorThatIsBelieved() throws Exception {
        Path set = zip(vendor.contents(list, jar));
        SetFile.open(set, List.of(new Vendor().key(), vendor.key())).close();
    }

    @Test
    void isRefusedWhereTheListWasChangedAfterItWasSigned() throws Exception {
        Map<String, byte[]> contents = vendor.contents(list, jar);
        byte[] changed = contents.get(SetFile.LIST).clone();
        changed[changed.length - 2] ^= 1;
        contents.put(SetFile.LIST, changed);

        assertRefused(Refusal.SIGNATURE_WRONG, () -> open(zip(contents)));
    }

    @Test
    void isRefusedWhereItsFormatIsNewer() {
        assertRefused(Refusal.NEWER_FORMAT, () -> open(signed("{\"format\": 2}")));
    }

    @Test
    void isRefusedWhereTheSignedListCannotBeRight() {
        String bundle = "{\"symbolicName\": \"a.b\", \"version\": \"1.2.3\", \"file\": \"a.jar\", \"bytes\": 17,"
                + " \"sha256\": \"" + "0".repeat(64) + "\", \"install\": false}";
        String whole = "{\"format\": 1, \"name\": \"n\", \"version\": \"1\", \"bundles\": [" + bundle + "]}";
        for (String wrong : List.of(
                "",
                "[]",
                "{}",
                "{\"format\": null}",
                whole + "x",
                whole.replace("\"n\"", "\"a b\""),
                whole.replace("\"1\",", "\"1\", \"version\": \"1\","),
                whole.replace("[" + bundle, "[" + bundle + "," + bundle),
                whole.replace("[" + bundle, "["),
                whole.replace("[" + bundle, "[17"),
                whole.replace("a.jar", "../a.jar"),
                whole.replace("a.jar", "a/b.jar"),
                whole.replace("a.jar", "a..jar"),
                whole.replace("a.jar", "a\\\\b.jar"),
                whole.replace("a.jar", "update.json"),
                whole.replace("a.b", "a b"),
                whole.replace("1.2.3", "new"),
                whole.replace("17", "0"),
                whole.replace("17", "1.5"),
                whole.replace("17", Long.toString(ListedBundle.MAX_BYTES + 1)),
                whole.replace("0000", "000G"),
                whole.replace("false", "\"false\""),
                "[".repeat(10_000))) {
            assertRefused(Refusal.LIST_WRONG, () -> open(signed(wrong)));
        }
    }

    private Path signed(String text) throws IOException, GeneralSecurityException {
        return zip(vendor.contents(text, List.of("a.jar"), jar));
    }

    @Test
    void isRefusedWhereMoreIsInItThanIsListed() throws Exception {
        for (String more : List.of("b.jar", "../../etc/passwd", "/etc/passwd", "update.json/", "a.jar/../b")) {
            Map<String, byte[]> contents = vendor.contents(list, jar);
            contents.put(more, jar);

            assertRefused(Refusal.NOT_LISTED, () -> open(zip(contents)));
        }
    }

    @Test
    void isRefusedWhereANameIsInItTwice() throws Exception {
        Map<String, byte[]> contents = vendor.contents(list, jar);
        contents.put("b.jar", jar);
        Path set = zip(contents);
        byte[] bytes = Files.readAllBytes(set);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.write(set, text.replace("b.jar", "a.jar").getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(Refusal.NOT_LISTED, () -> open(set));
    }

    @Test
    void isRefusedWhereABundleIsMissing() throws Exception {
        assertRefused(Refusal.MISSING, () -> open(zip(vendor.contents(list))));
    }

    @Test
    void isRefusedWhereItHasMoreThanASetMayHave() throws Exception {
        Map<String, byte[]> crowd = vendor.contents(list, jar);
        IntStream.range(0, 1000).forEach(i -> crowd.put(i + ".jar", new byte[0]));
        assertRefused(Refusal.TOO_LARGE, () -> open(zip(crowd)));
        Map<String, byte[]> longList = vendor.contents(list, jar);
        longList.put(SetFile.LIST, new byte[1 << 20]);
        assertRefused(Refusal.TOO_LARGE, () -> open(zip(longList)));
    }

    @Test
    void aBundleIsRefusedWhereItsBytesAreOthers() throws Exception {
        byte[] changed = jar.clone();
        changed[20] ^= 1;
        assertBundleRefused(Refusal.DAMAGED, list, changed);
        assertBundleRefused(Refusal.DAMAGED, list, Arrays.copyOf(jar, jar.length - 1));
    }

    @Test
    void aBundleThatGoesOnForEverIsLeftAtTheListedLength() throws Exception {
        byte[] bomb = Arrays.copyOf(jar, 40 << 20);
        Path out = empty();
        try (SetFile set = open(zip(vendor.contents(list, bomb)))) {
            assertRefused(Refusal.DAMAGED, () -> set.extract(list.bundles().get(0), out));
        }
        assertThat(out.resolve("a.jar").toFile().length()).isLessThanOrEqualTo(jar.length);
    }

    @Test
    void aBundleIsRefusedWhereItSaysThatItIsAnother() throws Exception {
        for (byte[] other : List.of(
                Vendor.bundle("Bundle-SymbolicName=a.c", "Bundle-Version=1.2.3"),
                Vendor.bundle("Bundle-SymbolicName=a.b", "Bundle-Version=1.2.4"),
                Vendor.bundle("Bundle-SymbolicName=a.b"),
                Vendor.bundle(),
                "no jar".getBytes(StandardCharsets.UTF_8))) {
            assertBundleRefused(Refusal.OTHER_BUNDLE, list(Vendor.listed("a.b", "1.2.3", "a.jar", other)), other);
        }
    }

    @Test
    void aBundleIsRefusedWhereItChangesOthers() throws Exception {
        byte[] fragment =
                Vendor.bundle("Bundle-SymbolicName=a.b", "Bundle-Version=1.2.3", "Fragment-Host=system.bundle");
        assertBundleRefused(Refusal.FRAGMENT, list(Vendor.listed("a.b", "1.2.3", "a.jar", fragment)), fragment);
    }

    @Test
    void keysAreWhatTheVendorPrintsAndWithoutOneNothingIsTaken() throws Exception {
        String printed = vendor.key().toString();

        assertThat(VendorKey.configured(" " + printed + "\n", "")).containsExactly(vendor.key());
        assertRefused(Refusal.NO_KEYS, VendorKey::configured);
        assertRefused(Refusal.NO_KEYS, () -> VendorKey.configured(" "));
        assertRefused(Refusal.KEY_MALFORMED, () -> VendorKey.configured(printed, "mine"));
        assertRefused(Refusal.KEY_MALFORMED, () -> VendorKey.configured(printed.substring(4)));
        assertThatExceptionOfType(SetRefused.class)
                .as("it may be the private half")
                .isThrownBy(() -> VendorKey.configured(printed, "MC4CAQAwBQYDK2Vw"))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains("2").doesNotContain("MC4C"));
    }

    private void assertBundleRefused(Refusal refusal, BundleList listed, byte[] there) throws Exception {
        try (SetFile set = open(zip(vendor.contents(listed, there)))) {
            Path out = empty();
            assertRefused(refusal, () -> set.extract(listed.bundles().get(0), out));
        }
    }

    private SetFile open(Path file) throws SetRefused {
        return SetFile.open(file, List.of(vendor.key()));
    }

    private Path zip(Map<String, byte[]> contents) throws IOException {
        return Vendor.zip(directory.resolve("set.zip"), contents);
    }

    private Path empty() throws IOException {
        return Files.createTempDirectory(directory, "out");
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SetRefused.class, refused -> assertThat(refused.refusal())
                .isEqualTo(refusal));
    }
}
