package de.joecash.backup.core.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Problem;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoteFormatTest {
    private static final BackupId ID = new BackupId("kasse1-2026-11-22T070000-000042");
    private static final String OLD = "kasse1-2026-11-21T070000-000041";
    private static final String SHA256 = "0".repeat(64);

    private final Note note = new Note(
            ID,
            List.of("age1test"),
            List.of(
                    new NotedArchive(
                            part(ID + ".sql.pack.gz.age", 1000),
                            List.of(part(OLD + ".sql.gz", 90_000), part(OLD + ".sql.pack.gz.age", 7))),
                    new NotedArchive(part(ID + ".files.tar.gz.age", 500), List.of())));

    @Test
    void givesBackWhatWasWritten() throws BackupException {
        assertThat(NoteFormat.read(ID, NoteFormat.write(note))).isEqualTo(note);
    }

    @Test
    void isWrittenAsTheDescriptionHasIt() {
        assertThat(new String(NoteFormat.write(note), UTF_8))
                .startsWith("{\n  \"format\": 2,\n  \"backup\": \"" + ID
                        + "\",\n  \"recipients\": [\n    \"age1test\"\n  ],\n"
                        + "  \"archives\": [\n    {\n"
                        + "      \"holds\": \"DATABASE\",\n      \"form\": \"PACK\",\n      \"file\": \"" + ID
                        + ".sql.pack.gz.age\",\n      \"bytes\": 1000,\n      \"sha256\": \"" + SHA256 + "\",\n"
                        + "      \"needs\": [\n        {\n          \"file\": \"" + OLD + ".sql.gz\",");
    }

    /** Who does not know deltas yet refuses packs by their format, and can still fetch what lies whole. */
    @Test
    void hasTheFirstFormatWhereEverythingLiesWholeAndReadsPacksOfItToo() throws BackupException {
        Note whole = new Note(ID, List.of(), List.of(new NotedArchive(part(ID + ".sql.gz.age", 1000), List.of())));
        assertThat(new String(NoteFormat.write(whole), UTF_8)).contains("\"format\": 1,");

        String older = new String(NoteFormat.write(note), UTF_8).replace("\"format\": 2,", "\"format\": 1,");
        assertThat(NoteFormat.read(ID, older.getBytes(UTF_8))).isEqualTo(note);
    }

    @ParameterizedTest
    @CsvSource({
        "'21T070000-000041.sql.gz', '21T070000-000041.sql.gz/../../etc/passwd'",
        "'\"file\": \"kasse1-2026-11-21T070000-000041.sql.gz\"', '\"file\": \"../kasse1-2026-11-21T070000-000041.sql.gz\"'",
        "'\"file\": \"kasse1-2026-11-21T070000-000041.sql.gz\"', '\"file\": \".bashrc\"'",
        "'\"file\": \"kasse1-2026-11-21T070000-000041.sql.gz\"', '\"file\": \"kasse1-2026-11-21T070000-000041.files.tar.gz\"'",
        "'\"file\": \"kasse1-2026-11-21T070000-000041.sql.gz\"', '\"file\": \"kasse1-2026-11-22T070000-000042.sql.pack.gz.age\"'",
        "'\"file\": \"kasse1-2026-11-21T070000-000041.sql.gz\"', '\"file\": \"kasse1-2026-11-21T070000-000041.sql.pack.gz.age\"'",
        "'\"file\": \"kasse1-2026-11-21T070000-000041.sql.gz\"', '\"file\": null'",
        "'\"file\": \"kasse1-2026-11-21T070000-000041.sql.gz\"', '\"file\": \"kasse1-2026-11-21T070000-000041.sql.gz\\r\\nDELE x\"'",
        "'\"age1test\"', '\"AGE-SECRET-KEY-1TEST\"'",
        "'\"age1test\"', '\"age1test\\r\\n\"'",
        "'\"age1test\"', 'null'",
        "'\"bytes\": 90000', '\"bytes\": -1'",
        "'\"bytes\": 90000', '\"bytes\": 0'",
        "'\"bytes\": 90000', '\"bytes\": 9223372036854775807'",
        "'\"bytes\": 90000', '\"bytes\": 99999999999999999999999'",
        "'\"bytes\": 90000', '\"bytes\": 1.5'",
        "'\"form\": \"PACK\"', '\"form\": \"FULL\"'",
        "'\"form\": \"PACK\"', '\"form\": \"HALF\"'",
        "'\"holds\": \"DATABASE\"', '\"holds\": \"FILES\"'",
        "'\"format\": 2', '\"format\": 0'",
        "'\"format\": 2', '\"format\": 3'",
        "'\"backup\": \"kasse1-2026-11-22T070000-000042\"', '\"backup\": \"kasse1-2026-11-22T070000-000043\"'",
        "'\"archives\": [', '\"archives\": [null,'",
        "'\"needs\": [', '\"needs\": [null,'",
    })
    void refusesWhatNoNoteOfOursSays(String ours, String forged) {
        assertRefused(text -> text.replaceFirst(
                java.util.regex.Pattern.quote(ours), java.util.regex.Matcher.quoteReplacement(forged)));
    }

    @Test
    void refusesTenThousandNeeds() {
        String needs = String.join(
                ",",
                IntStream.range(0, 10_000)
                        .mapToObj(
                                i -> "{\"file\":\"kasse1-2026-11-21T070000-%06d.sql.gz\",\"bytes\":1,\"sha256\":\"%s\"}"
                                        .formatted(i, SHA256))
                        .toList());

        assertRefused(text -> text.replaceFirst("\"needs\": \\[", "\"needs\": [" + needs + ","));
    }

    @Test
    void refusesWhatIsTooLongCutOffOrNothing() {
        assertRefused(text -> text + " ".repeat(NoteFormat.MAX_BYTES));
        assertRefused(text -> text.substring(0, text.length() / 2));
        assertRefused(text -> "");
        assertRefused(text -> "null");
        assertRefused(text -> "[]");
        assertRefused(text -> "[".repeat(100_000));
    }

    /** Whatever a flipped bit makes of it is refused by name, or is a note of this backup. */
    @Test
    void takesEveryFlippedBitForAnotherNoteOrRefusesIt() {
        byte[] text = NoteFormat.write(note);
        for (int i = 0; i < text.length * 8; i++) {
            byte[] flipped = text.clone();
            flipped[i / 8] ^= (byte) (1 << (i % 8));
            try {
                assertThat(NoteFormat.read(ID, flipped).backup()).isEqualTo(ID);
            } catch (BackupException e) {
                assertThat(e.problem()).isInstanceOf(Problem.ManifestUnreadable.class);
            }
        }
    }

    private void assertRefused(UnaryOperator<String> forge) {
        String text = new String(NoteFormat.write(note), UTF_8);
        String forged = forge.apply(text);
        assertThat(forged).isNotEqualTo(text);
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> NoteFormat.read(ID, forged.getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.problem())
                        .isInstanceOfSatisfying(Problem.ManifestUnreadable.class, problem -> assertThat(problem.name())
                                .isEqualTo(ID + ".parts.json")));
    }

    private static StoredPart part(String name, long bytes) {
        return new StoredPart(name, bytes, SHA256);
    }
}
