package de.joecash.backup.core.internal.transfer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What lies in the outbox, as JSON: the note of delivery, and what the ledger will need besides. */
final class PreparedFormat {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private PreparedFormat() {}

    static byte[] write(Prepared prepared) {
        Text text = new Text(
                prepared.backup().value(),
                prepared.recipients(),
                new String(NoteFormat.write(prepared.note()), StandardCharsets.UTF_8),
                prepared.parts().stream()
                        .map(part -> new PartText(
                                part.made(),
                                part.index()
                                        .map(held -> LedgerFormat.text(held.members()))
                                        .orElse(null),
                                part.index()
                                        .map(held -> LedgerFormat.text(held.deltas()))
                                        .orElse(null)))
                        .toList());
        return (JSON.toJson(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads it; empty where it is broken. */
    static Optional<Prepared> read(byte[] bytes) {
        try {
            Text text = JSON.fromJson(new String(bytes, StandardCharsets.UTF_8), Text.class);
            BackupId backup = new BackupId(text.backup);
            List<NotedArchive> archives = NoteFormat.read(backup, text.note.getBytes(StandardCharsets.UTF_8))
                    .archives();
            if (archives.size() != text.parts.size()) {
                return Optional.empty();
            }
            List<PreparedPart> parts = new java.util.ArrayList<>();
            for (int i = 0; i < archives.size(); i++) {
                PartText part = text.parts.get(i);
                parts.add(new PreparedPart(
                        archives.get(i),
                        part.made,
                        Optional.ofNullable(part.index).map(members -> LedgerFormat.index(members, part.deltas))));
            }
            return Optional.of(new Prepared(backup, text.recipients, parts));
        } catch (BackupException | RuntimeException e) {
            // Not by their kinds: what a record's own check throws comes from Gson as a plain RuntimeException.
            return Optional.empty();
        }
    }

    private record Text(String backup, List<String> recipients, String note, List<PartText> parts) {}

    private record PartText(boolean made, String index, String deltas) {}
}
