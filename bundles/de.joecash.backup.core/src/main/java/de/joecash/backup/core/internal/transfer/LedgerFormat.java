package de.joecash.backup.core.internal.transfer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import de.joecash.backup.BackupId;
import de.joecash.backup.Copy;
import de.joecash.backup.Place;
import de.joecash.backup.core.internal.archive.DeltaFormat;
import de.joecash.backup.core.internal.archive.DeltaMember;
import de.joecash.backup.core.internal.archive.IndexFormat;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.PackIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The ledger of a place as JSON. */
final class LedgerFormat {
    private static final int FORMAT = 1;

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private LedgerFormat() {}

    static byte[] write(Place place, Ledger ledger) {
        Text text = new Text(
                FORMAT,
                place.destination(),
                place.directory(),
                ledger.suspect(),
                ledger.deliveries().stream().map(DeliveredText::of).toList(),
                ledger.files().stream().map(FileText::of).toList());
        return (JSON.toJson(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a ledger; empty where it is broken, of another format or of another place. */
    static Optional<Ledger> read(Place place, byte[] bytes) {
        try {
            Text text = JSON.fromJson(new String(bytes, StandardCharsets.UTF_8), Text.class);
            if (text.format != FORMAT || !place.equals(new Place(text.destination, text.directory))) {
                return Optional.empty();
            }
            return Optional.of(new Ledger(
                    text.deliveries.stream().map(DeliveredText::delivered).toList(),
                    text.files.stream().map(FileText::ledgerFile).toList(),
                    text.suspect));
        } catch (RuntimeException e) {
            // Not by their kinds: what a record's own check throws comes from Gson as a plain RuntimeException.
            return Optional.empty();
        }
    }

    static String text(MemberIndex index) {
        return Base64.getEncoder().encodeToString(IndexFormat.write(index));
    }

    /** Gives none where there are none, as in what was written before there were deltas. */
    static String text(List<DeltaMember> deltas) {
        return deltas.isEmpty() ? null : Base64.getEncoder().encodeToString(DeltaFormat.write(deltas));
    }

    static PackIndex index(String text, String deltas) {
        try {
            return new PackIndex(
                    IndexFormat.read(Base64.getDecoder().decode(text)),
                    deltas == null
                            ? List.of()
                            : DeltaFormat.read(Base64.getDecoder().decode(deltas)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Text(
            int format,
            String destination,
            String directory,
            boolean suspect,
            List<DeliveredText> deliveries,
            List<FileText> files) {}

    private record DeliveredText(String backup, String till, boolean complete, List<String> uses) {
        static DeliveredText of(Delivered delivered) {
            return new DeliveredText(
                    delivered.backup().value(), delivered.till(), delivered.complete(), delivered.uses());
        }

        Delivered delivered() {
            return new Delivered(new BackupId(backup), till, complete, uses);
        }
    }

    private record FileText(
            String file,
            long bytes,
            String sha256,
            String till,
            String at,
            String index,
            String deltas,
            List<String> recipients,
            Copy.Proof proof,
            String provenAt) {
        static FileText of(LedgerFile file) {
            return new FileText(
                    file.part().name(),
                    file.part().bytes(),
                    file.part().sha256(),
                    file.till(),
                    file.at().toString(),
                    file.index().map(held -> text(held.members())).orElse(null),
                    file.index().map(held -> text(held.deltas())).orElse(null),
                    file.recipients(),
                    file.proof().map(LedgerFile.Proof::kind).orElse(null),
                    file.proof().map(one -> one.at().toString()).orElse(null));
        }

        LedgerFile ledgerFile() {
            return new LedgerFile(
                    new StoredPart(file, bytes, sha256),
                    till,
                    Instant.parse(at),
                    Optional.ofNullable(index).map(members -> LedgerFormat.index(members, deltas)),
                    recipients == null ? List.of() : recipients,
                    // Ledgers of before there was such a time: what was stored was proven then.
                    Optional.ofNullable(proof)
                            .map(kind -> new LedgerFile.Proof(kind, Instant.parse(provenAt == null ? at : provenAt))));
        }
    }
}
