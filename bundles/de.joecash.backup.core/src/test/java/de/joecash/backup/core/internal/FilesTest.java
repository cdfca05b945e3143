package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.core.internal.catalogue.ManifestFormat;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.core.internal.files.Replacements;
import de.joecash.backup.spi.KeptFolders;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of a host that wants folders kept with its database. */
class FilesTest {
    private static final Path SYSFS = Path.of("/sys/kernel/mm/transparent_hugepage/khugepaged");

    private final InMemorySource source = new InMemorySource("kasse1");
    private final InMemoryDestination centre = new InMemoryDestination("data-centre");
    private final List<KeptFolders.Folder> folders = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path images;
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        source.rows(20_000);
        images = Files.createDirectory(directory.resolve("images"));
        for (int i = 0; i < 20; i++) {
            Files.write(images.resolve("receipt-" + i + ".png"), random(i, 40_000));
        }
        Files.createDirectory(images.resolve("empty"));
        Path exports = Files.createDirectory(directory.resolve("exports"));
        Files.writeString(exports.resolve("tse.tar"), "export");
        folders.add(new KeptFolders.Folder("images", images));
        folders.add(new KeptFolders.Folder("exports", exports));
        shop = opened();
    }

    private Shop opened() {
        return opened(new Shop(folder(), source));
    }

    private Shop opened(Shop open) {
        open.core().ports().keptFolders().add(1, () -> List.copyOf(folders));
        open.core().ports().destinations().add(1, centre);
        open.core().ports().routes().add(1, new ToTheCentre());
        return open;
    }

    private record ToTheCentre() implements TransferRoute {
        @Override
        public String destination() {
            return "data-centre";
        }

        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return kind == BackupKind.MANUAL ? Optional.of("shop") : Optional.empty();
        }
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Path folder() {
        return directory.resolve("backups");
    }

    @Test
    void areKeptInASecondArchiveOfTheSameBackup() throws Exception {
        Backup backup = shop.backup();

        Manifest manifest = backup.manifest();
        KeptFiles kept = manifest.keptFiles().orElseThrow();
        assertThat(manifest.format()).isEqualTo(4);
        assertThat(kept.folders()).containsExactly("exports", "images");
        assertThat(kept.files()).isEqualTo(21);
        assertThat(shop.files())
                .containsExactlyInAnyOrder(
                        manifest.archiveName(), manifest.filesArchiveName(), manifest.manifestName());
        assertThat(Files.size(folder().resolve(manifest.filesArchiveName()))).isEqualTo(kept.archiveBytes());
        assertThat(shop.succeeds(shop.core().verify(backup.id())).backup().good())
                .isTrue();

        shop.close();
        shop = opened();
        assertThat(shop.core().list()).extracting(Backup::manifest).containsExactly(manifest);
    }

    @Test
    void areTheSameContentWhereNothingChanged() {
        KeptFiles first = shop.backup().manifest().keptFiles().orElseThrow();

        KeptFiles second = shop.backup().manifest().keptFiles().orElseThrow();

        assertThat(second.contentSha256()).isEqualTo(first.contentSha256());
    }

    @Test
    void areNotThereWhereTheHostNamesNone() {
        folders.clear();
        Backup backup = shop.backup();

        assertThat(shop.files()).hasSize(2);
        Outcome.Succeeded restored = shop.succeeds(shop.core().restore(backup.id(), Optional.empty()));
        assertThat(restored.proven()).doesNotContain(Outcome.Proof.FILES_RESTORED);
    }

    @Test
    void comeBackWithTheDatabase() throws Exception {
        Map<String, String> then = described(images);
        String rows = source.text();
        Backup backup = shop.backup();
        source.rows(5);
        Files.delete(images.resolve("receipt-3.png"));
        Files.writeString(images.resolve("receipt-4.png"), "changed");
        Files.writeString(images.resolve("new.png"), "new");

        Outcome.Succeeded restored = shop.succeeds(shop.core().restore(backup.id(), Optional.empty()));

        assertThat(restored.proven()).contains(Outcome.Proof.ACTIVATED, Outcome.Proof.FILES_RESTORED);
        assertThat(source.text()).isEqualTo(rows);
        assertThat(described(images)).isEqualTo(then);
        Path before = directory.resolve("images.before-restore-" + backup.id());
        assertThat(before.resolve("new.png")).hasContent("new");
        assertNothingLeft();

        Backup safety = shop.core().list().get(0);
        assertThat(safety.manifest().kind()).isEqualTo(BackupKind.SAFETY);
        shop.succeeds(shop.core().restore(safety.id(), Optional.empty()));
        assertThat(images.resolve("new.png")).hasContent("new");
        assertThat(before).as("one generation").doesNotExist();
    }

    @Test
    void comeBackOnANewMachineWhereTheFoldersAreMissing() throws Exception {
        Map<String, String> then = described(images);
        Backup backup = shop.backup();
        try (Stream<Path> files = Files.walk(images)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        shop.succeeds(shop.core().restore(backup.id(), Optional.empty()));

        assertThat(described(images)).isEqualTo(then);
    }

    @Test
    void goBesideAnotherDatabase() throws Exception {
        Backup backup = shop.backup();
        Files.writeString(images.resolve("new.png"), "new");
        Path into = directory.resolve("elsewhere");

        shop.succeeds(shop.core().restore(backup.id(), Optional.of(into.toString())));

        Path beside = directory.resolve("elsewhere.files");
        assertThat(described(beside.resolve("images"))).hasSize(22);
        assertThat(beside.resolve("exports/tse.tar")).hasContent("export");
        assertThat(images.resolve("new.png")).exists();
        assertNothingLeft();
        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.of(into.toString()))))
                .isInstanceOf(Problem.InvalidInput.class);
        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.of("../x"))))
                .isEqualTo(new Problem.InvalidInput("../x"));
    }

    @Test
    void areNotRestoredIntoAHostThatDoesNotNameTheirFolder() {
        Backup backup = shop.backup();
        folders.remove(1);

        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.empty())))
                .isEqualTo(new Problem.FolderMissing(backup.id().value(), "exports"));
        assertThat(source.targets).isEmpty();
    }

    @Test
    void stayWhereTheDatabaseIsNotReplaced() throws Exception {
        Backup backup = shop.backup();
        Files.writeString(images.resolve("new.png"), "new");
        Map<String, String> before = described(images);
        source.failAt(0, new Problem.RestoreFailed("test"));
        shop.fails(shop.core().restore(backup.id(), Optional.empty()));
        source.heal();
        Path late = Files.createSymbolicLink(images.resolve("out"), Path.of("/etc"));
        // The safety backup fails: files are unpacked by then.
        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.empty())))
                .isInstanceOf(Problem.FileNotKept.class);
        Files.delete(late);

        assertThat(described(images)).isEqualTo(before);
        assertNothingLeft();
        assertThat(source.targets).allMatch(target -> target.closed);
    }

    @Test
    void failTheBackupInWordsWhereTheyCannotBeKept() throws Exception {
        Backup earlier = shop.backup();
        Path link = Files.createSymbolicLink(images.resolve("out"), Path.of("/etc/passwd"));

        Problem problem = shop.fails(shop.core().create(CreateRequest.manual("test")));

        assertThat(problem).isEqualTo(new Problem.FileNotKept(link.toString(), "link"));
        assertThat(shop.core().list()).containsExactly(earlier);
        assertThat(shop.files()).hasSize(3);
        folders.add(new KeptFolders.Folder("all", directory));
        assertThat(shop.fails(shop.core().create(CreateRequest.manual("test"))))
                .isEqualTo(new Problem.FileNotKept(directory.toString(), "overlaps"));
    }

    @Test
    void areDrilledToo() throws Exception {
        Backup backup = shop.backup();

        shop.succeeds(shop.core().drill(Optional.of(backup.id())));

        assertNothingLeft();
        assertThat(folder().resolve("scratch")).doesNotExist();
        flipBit(backup);
        assertThat(shop.fails(shop.core().drill(Optional.of(backup.id())))).isInstanceOf(Problem.FilesDamaged.class);
    }

    /** Archive and manifest agree, for somebody made both anew: what is in it is refused all the same. */
    @Test
    void areRefusedWhereSomebodyForgedThem() throws Exception {
        Backup backup = shop.backup();
        Manifest m = backup.manifest();
        shop.close();
        forge(m);
        shop = opened();
        Map<String, String> before = described(directory.resolve("exports"));

        Problem problem = shop.fails(shop.core().restore(backup.id(), Optional.empty()));

        assertThat(problem).isEqualTo(new Problem.FilesRefused("\"exports/../../evil\"", "name"));
        assertThat(shop.fails(shop.core().drill(Optional.of(backup.id())))).isEqualTo(problem);
        assertThat(shop.core().find(backup.id()).orElseThrow().good()).isFalse();
        assertThat(source.targets).isEmpty();
        assertThat(directory.resolveSibling("evil")).doesNotExist();
        assertThat(described(directory.resolve("exports"))).isEqualTo(before);
        assertNothingLeft();
    }

    private void forge(Manifest m) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (String name : List.of("exports/", "exports/../../evil")) {
                tar.putArchiveEntry(new TarArchiveEntry(name, true));
                tar.closeArchiveEntry();
            }
        }
        ArchiveSamples.Sample forged = ArchiveSamples.write(out.toByteArray());
        KeptFiles kept = new KeptFiles(
                List.of("exports", "images"),
                1,
                forged.digest().contentBytes(),
                forged.digest().contentSha256(),
                forged.digest().archiveBytes(),
                forged.digest().archiveSha256());
        Path manifest = folder().resolve(m.manifestName());
        IndexedManifest read = ManifestFormat.read(m.manifestName(), Files.readAllBytes(manifest));
        Manifest made = new Manifest(
                m.format(),
                m.id(),
                m.kind(),
                m.trigger(),
                m.slot(),
                m.started(),
                m.finished(),
                m.source(),
                m.contentBytes(),
                m.contentSha256(),
                m.archiveBytes(),
                m.archiveSha256(),
                m.tables(),
                m.productVersion(),
                Optional.of(kept));
        Files.write(folder().resolve(m.filesArchiveName()), forged.file());
        Forged.manifest(manifest, new IndexedManifest(made, read.index(), Optional.of(forged.index())));
    }

    /** The next start finishes what a restore had decided when the power was cut. */
    @Test
    void areInPlaceAfterTheNextStart() throws Exception {
        shop.close();
        Replacements cut = Replacements.begin(folder().resolve("replacements.json"), folders, "b");
        for (Path unpacked : cut.roots().values()) {
            Files.createDirectory(unpacked);
        }
        cut.decide();

        shop = opened();

        assertThat(images).isEmptyDirectory();
        assertThat(directory.resolve("images.before-restore-b/receipt-1.png")).exists();
        assertNothingLeft();
    }

    /** The files of sysfs are shorter than they say, each time. */
    @Test
    @EnabledIf("thereIsSysfs")
    void areReadOnceMoreAndRefusedWhereOneIsShorterAgain() {
        folders.add(new KeptFolders.Folder("sysfs", SYSFS));

        Problem problem = shop.fails(shop.core().create(CreateRequest.manual("test")));

        assertThat(problem).isInstanceOf(Problem.FileNotKept.class);
        assertThat(((Problem.FileNotKept) problem).detail()).isEqualTo("shrinks");
        assertThat(shop.files()).isEmpty();
    }

    static boolean thereIsSysfs() {
        return Files.isDirectory(SYSFS);
    }

    @Test
    void countWhereTheyAreDamagedOrMissing() throws Exception {
        Backup damaged = shop.backup();
        flipBit(damaged);

        assertThat(shop.fails(shop.core().verify(damaged.id()))).isInstanceOf(Problem.FilesDamaged.class);
        assertThat(shop.core().find(damaged.id()).orElseThrow().good()).isFalse();
        Backup missing = shop.backup();
        Files.delete(folder().resolve(missing.manifest().filesArchiveName()));
        assertThat(shop.core().find(missing.id()).orElseThrow().good()).isFalse();
        assertThat(shop.fails(shop.core().restore(missing.id(), Optional.empty())))
                .isInstanceOf(Problem.FilesDamaged.class);
    }

    @Test
    void keepNobodyFromTheDatabaseWhereTheyAreDamaged() throws Exception {
        Backup backup = shop.backup();
        flipBit(backup);
        assertThat(shop.fails(shop.core().restore(backup.id(), Optional.empty())))
                .isInstanceOf(Problem.FilesDamaged.class);
        assertThat(source.activated()).isEmpty();
        Files.writeString(images.resolve("receipt-0.png"), "of today");

        Outcome.Succeeded restored = shop.succeeds(shop.core().restoreDatabase(backup.id(), Optional.empty(), false));

        assertThat(restored.proven())
                .contains(Outcome.Proof.CONTENTS_EQUAL, Outcome.Proof.ACTIVATED)
                .doesNotContain(Outcome.Proof.FILES_RESTORED);
        assertThat(source.activated()).hasSize(1);
        assertThat(images.resolve("receipt-0.png"))
                .as("folders stay as they are")
                .hasContent("of today");
        assertThat(shop.core().find(backup.id()).orElseThrow().good()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"damaged", "missing", "short"})
    void keepNobodyFromTheDatabaseWhereTheyAreLostAtAPlace(String how) throws Exception {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        String name = backup.manifest().filesArchiveName();
        byte[] there = centre.files("shop").get(name);
        switch (how) {
            case "damaged" -> there[500] ^= 1;
            case "missing" -> centre.files("shop").remove(name);
            default -> centre.files("shop").put(name, Arrays.copyOf(there, there.length - 1));
        }
        shop.close();
        shop = opened(new Shop(directory.resolve("other"), source));
        shop.trust(folder());
        Place place = new Place("data-centre", "shop");
        assertThat(shop.fails(shop.core().fetch(place, backup.id(), Optional.empty())))
                .isInstanceOfSatisfying(Problem.FilesDamaged.class, problem -> assertThat(problem.detail())
                        .contains(name));
        assertThat(shop.core().list()).isEmpty();

        Backup fetched = shop.succeeds(shop.core().fetchDatabase(place, backup.id(), Optional.empty()))
                .backup();

        assertThat(fetched.damage().orElseThrow()).isInstanceOf(Problem.FilesDamaged.class);
        assertThat(fetched.copies()).as("what lost its files there is no copy").isEmpty();
        shop.succeeds(shop.core().restoreDatabase(backup.id(), Optional.empty(), false));
        assertThat(source.activated()).hasSize(1);
    }

    @Test
    void areNotTakenForGoodWhereOnlyTheDatabaseWasFetched() throws Exception {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        for (Path archive :
                List.of(shop.archive(backup), folder().resolve(backup.manifest().filesArchiveName()))) {
            byte[] bytes = Files.readAllBytes(archive);
            bytes[bytes.length / 2] ^= 1;
            Files.write(archive, bytes);
        }
        assertThat(shop.fails(shop.core().verify(backup.id()))).isInstanceOf(Problem.ArchiveDamaged.class);

        Backup fetched = shop.succeeds(
                        shop.core().fetchDatabase(new Place("data-centre", "shop"), backup.id(), Optional.empty()))
                .backup();

        assertThat(fetched.damage().orElseThrow()).isInstanceOf(Problem.FilesDamaged.class);
        assertThat(shop.core().find(backup.id()).orElseThrow().good()).isFalse();
    }

    @Test
    void goToTheDataCentreAndComeBack() throws Exception {
        Backup backup = shop.backup();
        Manifest manifest = backup.manifest();

        Outcome.Succeeded sent = shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(centre.files("shop").keySet())
                .containsExactlyInAnyOrder(
                        manifest.archiveName(),
                        manifest.filesArchiveName(),
                        backup.id() + ".parts.json",
                        manifest.manifestName());
        assertThat(sent.backup().copies().get(0).bytes()).isEqualTo(manifest.storedBytes());
        assertThat(centre.offLimits().get(0)).contains(images);

        shop.close();
        Path other = directory.resolve("other");
        shop = opened(new Shop(other, source));
        shop.trust(folder());
        Backup fetched = shop.succeeds(
                        shop.core().fetch(new Place("data-centre", "shop"), backup.id(), Optional.empty()))
                .backup();
        assertThat(fetched.manifest()).isEqualTo(manifest);
        assertThat(other.resolve(manifest.filesArchiveName()))
                .hasSameBinaryContentAs(folder().resolve(manifest.filesArchiveName()));
        shop.succeeds(shop.core().restore(backup.id(), Optional.empty()));
    }

    /** The manifest goes last: a place is read by its manifests alone. */
    @Test
    void areNoBackupAtAPlaceBeforeAllThreeFilesAreThere() throws Exception {
        Backup backup = shop.backup();
        centre.files("shop").put(backup.manifest().filesArchiveName(), new byte[] {1});

        assertThat(shop.fails(shop.core().send(Optional.empty()))).isInstanceOf(Problem.NameTaken.class);
        assertThat(shop.core().listAt(new Place("data-centre", "shop"))).isEmpty();

        centre.files("shop").remove(backup.manifest().filesArchiveName());
        shop.succeeds(shop.core().send(Optional.empty()));
        assertThat(shop.core().listAt(new Place("data-centre", "shop")))
                .containsExactly(RemoteBackup.of(backup.manifest()));
        centre.files("shop").get(backup.manifest().filesArchiveName())[500] ^= 1;
        shop.close();
        shop = opened(new Shop(directory.resolve("other"), source));
        shop.trust(folder());
        assertThat(shop.fails(shop.core().fetch(new Place("data-centre", "shop"), backup.id(), Optional.empty())))
                .isInstanceOf(Problem.FilesDamaged.class);
        assertThat(shop.files()).isEmpty();
    }

    @Test
    void goWithTheBackupThatRetentionRemoves() {
        shop.close();
        shop = opened(new Shop(folder(), Shop.settings(folder(), new Reserve(0, 0), 2), source));
        shop.backup();
        shop.backup();
        shop.backup();

        assertThat(shop.core().list()).hasSize(2);
        assertThat(shop.files()).hasSize(6);
    }

    /** The three renames of publishing, cut off before each of them and after the last. */
    @Test
    void areHalfABackupAfterNoPowerCut() throws Exception {
        Backup backup = shop.backup();
        Manifest manifest = backup.manifest();
        List<String> names = List.of(manifest.archiveName(), manifest.filesArchiveName(), manifest.manifestName());
        shop.close();
        for (int published = 3; published >= 0; published--) {
            if (published < 3) {
                Path name = folder().resolve(names.get(published));
                Files.move(name, name.resolveSibling(name.getFileName() + ".part"));
            }
            Path copy = Files.createDirectory(directory.resolve("cut-" + published));
            try (Stream<Path> files = Files.list(folder())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }

            shop = opened(new Shop(copy, source));

            assertThat(shop.core().list()).hasSize(published == 0 ? 0 : 1);
            assertThat(filesIn(copy)).as(published + " published").hasSize(published == 0 ? 0 : 3);
            if (published > 0) {
                shop.succeeds(shop.core().verify(backup.id()));
            }
            shop.close();
        }
    }

    @Test
    void areCutOffBeforeTheirManifestWasWritten() throws Exception {
        shop.close();
        Files.writeString(folder().resolve("kasse1-2026-11-22T123000-000002.sql.gz.part"), "half");
        Files.writeString(folder().resolve("kasse1-2026-11-22T123000-000002.files.tar.gz.part"), "half");
        Files.createDirectories(folder().resolve("scratch/images"));

        shop = opened();

        assertThat(shop.files()).isEmpty();
    }

    private List<String> filesIn(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("kasse1") && !name.endsWith(".state.json"))
                    .toList();
        }
    }

    private void flipBit(Backup backup) throws IOException {
        Path file = folder().resolve(backup.manifest().filesArchiveName());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private void assertNothingLeft() throws IOException {
        for (Path one : List.of(directory, folder())) {
            try (Stream<Path> files = Files.list(one)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith(".images") || name.startsWith(".exports"))
                        .noneMatch(name -> name.endsWith(".part") || name.equals("replacements.json"));
            }
        }
    }

    private static Map<String, String> described(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                all.put(
                        root.relativize(path).toString(),
                        Files.isDirectory(path)
                                ? "directory"
                                : Files.getLastModifiedTime(path).toMillis() / 1000 + " "
                                        + Arrays.hashCode(Files.readAllBytes(path)));
            }
        }
        return all;
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
