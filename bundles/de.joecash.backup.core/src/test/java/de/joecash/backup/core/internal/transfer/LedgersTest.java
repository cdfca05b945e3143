package de.joecash.backup.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupId;
import de.joecash.backup.Copy;
import de.joecash.backup.Place;
import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.archive.DeltaMember;
import de.joecash.backup.core.internal.archive.Digest;
import de.joecash.backup.core.internal.archive.PackIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgersTest {
    private static final Place PLACE = new Place("data-centre", "tills/../../kasse1");

    private static final Instant STORED_AT = Instant.parse("2026-11-22T06:00:00Z");
    private static final Instant PROVEN_AT = Instant.parse("2026-11-30T06:00:00Z");

    @TempDir
    private Path directory;

    private Ledgers ledgers;

    @BeforeEach
    void open() {
        ledgers = new Ledgers(directory.resolve("places"));
    }

    @Test
    void givesBackWhatWasWrittenForEachPlaceOfItsOwn() throws Exception {
        ledgers.write(PLACE, ledger());

        assertThat(new Ledgers(directory.resolve("places")).read(PLACE)).isEqualTo(ledger());
        assertThat(ledgers.read(new Place("data-centre", ""))).isEqualTo(Ledger.empty());
        assertThat(file()).hasParent(directory.resolve("places"));
    }

    @Test
    void isEmptyWhereItIsLostBrokenOrAnotherPlaces() throws Exception {
        ledgers.write(PLACE, ledger());
        byte[] whole = Files.readAllBytes(file());
        Path file = file();

        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(ledgers.read(PLACE)).isEqualTo(Ledger.empty());
        Files.writeString(
                file, new String(whole, java.nio.charset.StandardCharsets.UTF_8).replace("data-centre", "other"));
        assertThat(ledgers.read(PLACE)).isEqualTo(Ledger.empty());
        Files.writeString(file, "null");
        assertThat(ledgers.read(PLACE)).isEqualTo(Ledger.empty());
        Files.delete(file);
        assertThat(ledgers.read(PLACE)).isEqualTo(Ledger.empty());
    }

    @Test
    void remembersThatAPlaceIsNotToBeTrustedUntilAFullOneIsThere() throws Exception {
        ledgers.write(PLACE, ledger());

        ledgers.distrust(PLACE, List.of());

        assertThat(ledgers.read(PLACE).suspect()).isTrue();
        assertThat(ledgers.read(PLACE)
                        .completed(new BackupId("kasse1-2026-11-22T070000-000001"))
                        .suspect())
                .isFalse();
    }

    /** An older version neither knows the time of a proof nor keeps it. */
    @Test
    void takesWhatWasStoredForProvenThenWhereNoOtherTimeIsKnown() throws Exception {
        ledgers.write(PLACE, ledger());
        String text = Files.readString(file());
        String older = text.replaceFirst(",\\s*\"provenAt\": \"[^\"]*\"", "");
        assertThat(older).isNotEqualTo(text);

        Files.writeString(file(), older);

        assertThat(ledgers.read(PLACE).files().get(0).proof())
                .contains(new LedgerFile.Proof(Copy.Proof.CONTENT_EQUAL, STORED_AT));
    }

    private Path file() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("places"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Ledger ledger() {
        BackupId id = new BackupId("kasse1-2026-11-22T070000-000001");
        StoredPart part = new StoredPart(id + ".sql.gz.age", 4711, "a".repeat(64));
        Note note = new Note(id, List.of(), List.of(new NotedArchive(part, List.of())));
        LedgerFile file = new LedgerFile(
                part,
                "kasse1",
                STORED_AT,
                Optional.of(new PackIndex(
                        ArchiveSamples.write(ArchiveSamples.lines(500_000, 1)).index(),
                        List.of(new DeltaMember(digest(1), digest(2), 300_000, 80_000, -7, 40)))),
                List.of("age1test"),
                Optional.of(new LedgerFile.Proof(Copy.Proof.CONTENT_EQUAL, PROVEN_AT)));
        return Ledger.empty().begun(id, "kasse1", note, List.of(file)).completed(id);
    }

    private static Digest digest(int first) {
        byte[] bytes = new byte[Digest.LENGTH];
        bytes[0] = (byte) first;
        return new Digest(bytes);
    }
}
