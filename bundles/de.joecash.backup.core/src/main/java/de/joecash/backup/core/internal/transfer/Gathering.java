package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.Assembly;
import de.joecash.backup.core.internal.archive.DigestingInput;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.Sha256;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.core.internal.run.GuardedFile;
import de.joecash.backup.core.internal.run.StoppedException;
import de.joecash.backup.core.internal.seal.Opener;
import de.joecash.backup.core.internal.seal.SealException;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the archives of one backup again from what is stored at a place, each as its {@code .part}. Every file passes
 * once, opened and compared on the way, and of it only the members that the manifest's index names are written, each at
 * its place: nothing of what the note says takes more room than the manifest allows.
 */
final class Gathering {
    private final BackupFolder folder;
    private final Destination destination;
    private final Optional<Opener> opener;
    private final List<String> recipients;
    private final ActiveRun run;
    private final Set<String> damaged = new HashSet<>();
    private long done;
    private long total;

    /**
     * Gathers from an open destination.
     *
     * @param opener opens what is sealed
     * @param recipients who can open it, as the note says; where the opener is one of them and cannot, it is damaged
     */
    Gathering(
            BackupFolder folder,
            Destination destination,
            Optional<Opener> opener,
            List<String> recipients,
            ActiveRun run) {
        this.folder = folder;
        this.destination = destination;
        this.opener = opener;
        this.recipients = recipients;
        this.run = run;
    }

    /** The names of files that were found to be damaged so far. */
    Set<String> damaged() {
        return Set.copyOf(damaged);
    }

    /**
     * Makes one archive again.
     *
     * @param noted where its members lie
     * @param index its members
     * @throws BackupException {@code ArchiveDamaged}, {@code FilesDamaged}, {@code KeyRefused}, {@code NoSpace}, or
     *     what is wrong with the destination
     */
    void gather(BackupArchive archive, NotedArchive noted, MemberIndex index) throws BackupException, IOException {
        done = 0;
        total = noted.all().stream().mapToLong(StoredPart::bytes).sum();
        try (GuardedFile file = new GuardedFile(folder.archivePart(archive.backup(), archive.kind()), folder, run)) {
            assemble(archive, noted, index, file);
            file.sync();
        }
    }

    private void assemble(BackupArchive archive, NotedArchive noted, MemberIndex index, GuardedFile file)
            throws BackupException, IOException {
        try (Assembly assembly = new Assembly(index, file::writeAt)) {
            // The newest first: what a delta rests on was there before it.
            for (StoredPart part : newestFirst(noted)) {
                if (assembly.missing() > 0 || part.equals(noted.file())) {
                    read(archive.backup(), part, assembly::take);
                }
            }
            if (assembly.missing() > 0) {
                noted.all().forEach(part -> damaged.add(part.name()));
                throw new BackupException(archive.damage(archive.name() + ": " + assembly.missing() + " of "
                        + index.size() + " members are in none of the files there"));
            }
        }
    }

    private static List<StoredPart> newestFirst(NotedArchive noted) {
        List<StoredPart> all = new ArrayList<>(noted.needs());
        all.add(noted.file());
        Collections.reverse(all);
        return all;
    }

    /** What is done with a file's content. */
    private interface Use {
        void of(InputStream content) throws IOException;
    }

    private void read(BackupId backup, StoredPart part, Use use) throws BackupException {
        Sha256 digest = new Sha256();
        long before = done;
        try (InputStream stored =
                new DigestingInput(new ResumedInput(destination, part.name(), part.bytes()), digest, bytes -> {
                    run.goOn();
                    done = before + bytes;
                    run.at(Phase.FETCHING, done, total);
                })) {
            if (part.parsed().sealed()) {
                // Not closed: what is behind its end is digested, too.
                use.of(opener.orElseThrow().opening(stored));
            } else {
                use.of(stored);
            }
            stored.transferTo(OutputStream.nullOutputStream());
        } catch (StoppedException e) {
            throw e.reason();
        } catch (SealException e) {
            throw e.otherKey() && !recipients.contains(opener.orElseThrow().recipient())
                    ? new BackupException(new Problem.KeyRefused(backup.value(), recipients))
                    : damaged(backup, part, ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw damaged(backup, part, ": " + BackupFolder.words(e), e);
        }
        if (!digest.hex().equals(part.sha256())) {
            throw damaged(backup, part, " has changed", null);
        }
    }

    private BackupException damaged(BackupId backup, StoredPart part, String detail, IOException cause) {
        damaged.add(part.name());
        return new BackupException(part.parsed().kind().damage(backup, part.name() + detail), cause);
    }
}
