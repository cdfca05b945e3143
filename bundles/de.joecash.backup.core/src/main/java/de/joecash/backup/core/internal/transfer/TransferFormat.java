package de.joecash.backup.core.internal.transfer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Place;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.catalogue.ProblemFormat;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** An entry of the queue as JSON. What was being sent when it was written waits when it is read. */
final class TransferFormat {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private TransferFormat() {}

    static byte[] write(Transfer transfer) {
        Text text = new Text(
                transfer.id(),
                transfer.backup().value(),
                transfer.place().destination(),
                transfer.place().directory(),
                transfer.state(),
                transfer.attempts(),
                transfer.nextAttempt().map(Instant::toString).orElse(null),
                transfer.problem().map(ProblemFormat::write).orElse(null));
        return (JSON.toJson(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Transfer> read(byte[] bytes) {
        try {
            Text text = JSON.fromJson(new String(bytes, StandardCharsets.UTF_8), Text.class);
            return Optional.of(new Transfer(
                    text.id,
                    new BackupId(text.backup),
                    new Place(text.destination, text.directory),
                    text.state == Transfer.State.SENDING ? Transfer.State.WAITING : text.state,
                    text.attempts,
                    Optional.ofNullable(text.nextAttempt).map(Instant::parse),
                    Optional.empty(),
                    Optional.ofNullable(text.problem).map(ProblemFormat::read)));
        } catch (JsonParseException | DateTimeException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private record Text(
            String id,
            String backup,
            String destination,
            String directory,
            Transfer.State state,
            int attempts,
            String nextAttempt,
            JsonObject problem) {}
}
