package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.DigestingInput;
import de.joecash.backup.core.internal.archive.Sha256;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * Stores files at an open destination. One that is there already is compared and, where it is equal, taken for stored:
 * an attempt whose end was not recorded does not send it twice.
 */
final class Storing {
    private final Destination destination;
    private final String id;
    private final ActiveRun run;
    private final UnaryOperator<LongConsumer> line;
    private Copy.Proof proof = Copy.Proof.CONTENT_EQUAL;

    /**
     * Stores at a destination.
     *
     * @param id the destination's, for problems
     * @param line lets whoever tells how much was sent wait for the line's bandwidth
     */
    Storing(Destination destination, String id, ActiveRun run, UnaryOperator<LongConsumer> line) {
        this.destination = destination;
        this.id = id;
        this.run = run;
        this.line = line;
    }

    /** How far all that was stored here was proven: as far as the least of it. */
    Copy.Proof proof() {
        return proof;
    }

    /**
     * Stores a file.
     *
     * @param sha256 the content's
     * @param ours whether another file of this name is one that we began to store, and may be replaced
     * @throws BackupException {@code NameTaken} where another file has the name that is not ours
     */
    void store(String name, Destination.Content content, String sha256, boolean ours)
            throws BackupException, IOException {
        Optional<Destination.StoredFile> there = destination.stat(name);
        if (there.isPresent()) {
            run.at(Phase.VERIFYING, 0, 0);
            if (there.get().bytes() == content.bytes() && sha256.equals(digest(name))) {
                return;
            }
            if (!ours) {
                throw new BackupException(new Problem.NameTaken(id, name));
            }
            destination.delete(name);
        }
        run.at(Phase.SENDING, 0, content.bytes());
        destination.put(name, content, line.apply(sent -> run.at(Phase.SENDING, sent, content.bytes())));
        if (destination.capabilities().proof() != Copy.Proof.CONTENT_EQUAL) {
            proof = destination.capabilities().proof();
        }
    }

    /** Stores a small text, as {@link #store(String, Destination.Content, String, boolean)} does. */
    void store(String name, byte[] text, boolean ours) throws BackupException, IOException {
        store(name, new TextContent(text), sha256(text), ours);
    }

    /** Digests a file that is there. */
    String digest(String name) throws BackupException, IOException {
        Sha256 digest = new Sha256();
        try (InputStream theirs = new DigestingInput(destination.open(name), digest, bytes -> {})) {
            theirs.transferTo(OutputStream.nullOutputStream());
        }
        return digest.hex();
    }

    static String sha256(byte[] text) {
        Sha256 digest = new Sha256();
        digest.update(text, 0, text.length);
        return digest.hex();
    }
}
