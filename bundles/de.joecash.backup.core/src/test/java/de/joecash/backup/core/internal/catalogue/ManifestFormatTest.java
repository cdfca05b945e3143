package de.joecash.backup.core.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestFormatTest {
    private final MemberIndex index =
            ArchiveSamples.write(ArchiveSamples.lines(400_000, 1)).index();
    private final Manifest manifest = ManifestSamples.described(
            Samples.manifest(7, BackupKind.AUTOMATIC, ZonedDateTime.parse("2026-11-22T07:00:00+01:00[Europe/Berlin]")),
            2,
            index);
    private final IndexedManifest indexed = new IndexedManifest(manifest, Optional.of(index));

    @Test
    void givesBackWhatWasWritten() throws BackupException {
        byte[] text = ManifestFormat.unsigned(indexed);

        assertThat(ManifestFormat.read(manifest.manifestName(), text)).isEqualTo(indexed);
    }

    @Test
    void readsTheFirstFormatWhichHadNoIndex() throws BackupException {
        IndexedManifest old = new IndexedManifest(ManifestSamples.described(manifest, 1, index), Optional.empty());

        assertThat(ManifestFormat.read(manifest.manifestName(), ManifestFormat.unsigned(old)))
                .isEqualTo(old);
    }

    @Test
    void givesBackTheFilesOfKeptFolders() throws BackupException {
        IndexedManifest files = withFiles(3, index);

        assertThat(ManifestFormat.read(manifest.manifestName(), ManifestFormat.unsigned(files)))
                .isEqualTo(files);
    }

    @Test
    void refusesFilesInAnEarlierFormatAndFilesThatTheirIndexDoesNotKnow() {
        String text = new String(ManifestFormat.unsigned(withFiles(3, index)), StandardCharsets.UTF_8);
        for (String other : List.of(
                text.replace("\"format\": 3", "\"format\": 2"),
                text.replace("\"images\"", "\"../images\""),
                text.replace("\"exports\"", "\"images\""),
                text.replace("\"files\": 7", "\"files\": -7"))) {
            assertThat(other).isNotEqualTo(text);
            assertRefused(manifest.manifestName(), other.getBytes(StandardCharsets.UTF_8), "not a manifest");
        }
        MemberIndex another =
                ArchiveSamples.write(ArchiveSamples.lines(300_000, 2)).index();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> withFiles(3, another));
    }

    private IndexedManifest withFiles(int format, MemberIndex of) {
        Manifest m = manifest;
        KeptFiles kept = new KeptFiles(
                List.of("exports", "images"),
                7,
                index.contentBytes(),
                index.contentSha256(),
                index.archiveBytes(),
                "d".repeat(64));
        Manifest made = new Manifest(
                format,
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
        return new IndexedManifest(made, Optional.of(index), Optional.of(of));
    }

    @Test
    void refusesANewerFormatByName() {
        byte[] newer = text().replace("\"format\": 2", "\"format\": 5").getBytes(StandardCharsets.UTF_8);

        assertRefused(manifest.manifestName(), newer, "format 5, known up to 4");
    }

    @Test
    void refusesAnIndexThatTellsSomethingElse() {
        byte[] other = text().replace("\"contentBytes\": 400000", "\"contentBytes\": 400001")
                .getBytes(StandardCharsets.UTF_8);

        assertRefused(manifest.manifestName(), other, "not a manifest");
    }

    @Test
    void refusesTheManifestOfAnotherBackup() {
        assertRefused("kasse1-2026-11-22T070000-000008.json", ManifestFormat.unsigned(indexed), "describes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"format\":1}", "{\"format\":\"x\"}", "{\"format\":[]}", "\0"})
    void refusesWhatIsNoManifest(String text) {
        assertRefused(manifest.manifestName(), text.getBytes(StandardCharsets.UTF_8), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"contentSha256", "tables", "started", "source", "id", "index"})
    void refusesAManifestThatLacksSomething(String field) {
        byte[] lacking = text().replace('"' + field + '"', "\"other\"").getBytes(StandardCharsets.UTF_8);

        assertRefused(manifest.manifestName(), lacking, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"kasse1\"", "\"rows\": ", "\"contentBytes\": "})
    void refusesAManifestWithAValueOutOfItsRange(String value) {
        String broken = value.endsWith(" ") ? value + "-" : "\"../kasse1\"";

        assertRefused(manifest.manifestName(), text().replace(value, broken).getBytes(StandardCharsets.UTF_8), "");
    }

    @Test
    void refusesNestingThatIsMeantToExhaustTheStack() {
        assertRefused(manifest.manifestName(), "[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8), "");
    }

    private String text() {
        return new String(ManifestFormat.unsigned(indexed), StandardCharsets.UTF_8);
    }

    private static void assertRefused(String name, byte[] text, String detail) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> ManifestFormat.read(name, text))
                .withMessageContaining(detail)
                .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.ManifestUnreadable.class));
    }
}
