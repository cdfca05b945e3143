package de.joecash.backup.core.internal.catalogue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.Copy;
import de.joecash.backup.DrillResult;
import de.joecash.backup.Loss;
import de.joecash.backup.Manifest;
import de.joecash.backup.Place;
import de.joecash.backup.Remark;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What changes about a backup after it was made, as JSON in a file beside the manifest. Where that file is lost or
 * broken, the manifest alone says that the backup was proven when it was made.
 */
final class BackupState {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private BackupState() {}

    static byte[] write(Backup backup) {
        Text text = new Text(
                backup.provenAt().toString(),
                backup.damage().map(ProblemFormat::write).orElse(null),
                backup.copies().stream().map(CopyText::of).toList(),
                backup.drill().map(DrillText::of).orElse(null),
                backup.remark().equals(Remark.NONE) ? null : RemarkText.of(backup.remark()),
                backup.loss().map(LossText::of).orElse(null));
        return (JSON.toJson(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Backup> read(Manifest manifest, byte[] bytes) {
        try {
            Text text = JSON.fromJson(new String(bytes, StandardCharsets.UTF_8), Text.class);
            return Optional.of(new Backup(
                            manifest,
                            Instant.parse(text.provenAt),
                            Optional.ofNullable(text.damage).map(ProblemFormat::read),
                            text.copies.stream().map(CopyText::copy).toList(),
                            Optional.ofNullable(text.drill).map(DrillText::result),
                            text.remark == null ? Remark.NONE : text.remark.remark())
                    .withLoss(Optional.ofNullable(text.loss).map(LossText::loss)));
        } catch (JsonParseException | DateTimeException | NullPointerException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private record Text(
            String provenAt,
            JsonObject damage,
            List<CopyText> copies,
            DrillText drill,
            RemarkText remark,
            LossText loss) {}

    private record LossText(String seenBy, long rowsLeft) {
        static LossText of(Loss loss) {
            return new LossText(loss.seenBy().value(), loss.rowsLeft());
        }

        Loss loss() {
            return new Loss(new BackupId(seenBy), rowsLeft);
        }
    }

    private record RemarkText(boolean kept, String note) {
        static RemarkText of(Remark remark) {
            return new RemarkText(remark.kept(), remark.note());
        }

        Remark remark() {
            return new Remark(kept, note == null ? "" : note);
        }
    }

    private record DrillText(String at, JsonObject problem) {
        static DrillText of(DrillResult drill) {
            return new DrillText(
                    drill.at().toString(),
                    drill.problem().map(ProblemFormat::write).orElse(null));
        }

        DrillResult result() {
            return new DrillResult(
                    Instant.parse(at), Optional.ofNullable(problem).map(ProblemFormat::read));
        }
    }

    private record CopyText(
            String destination,
            String directory,
            String name,
            String at,
            long bytes,
            boolean offServer,
            Copy.Proof proof) {
        static CopyText of(Copy c) {
            Place place = c.place();
            return new CopyText(
                    place.destination(),
                    place.directory(),
                    c.name(),
                    c.at().toString(),
                    c.bytes(),
                    c.offServer(),
                    c.proof());
        }

        Copy copy() {
            return new Copy(new Place(destination, directory), name, Instant.parse(at), bytes, offServer, proof);
        }
    }
}
