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
import java.util.Optional;

/**
 * Makes the archives of one backup again from what is stored at a place, each as its {@code .part}. Every file passes
 * once, opened and compared on the way, and of it only the members that the manifest's index names are written, each at
 * its place: nothing of what the note says takes more room than the manifest allows.
 */
final class Gathering {
    private final BackupFolder folder;
    private final Destination destination;
    private final Optional<Opener> opener;
    private final ActiveRun run;
    private long done;
    private long total;

    /**
     * Gathers from an open destination.
     *
     * @param opener opens what is sealed
     */
    Gathering(BackupFolder folder, Destination destination, Optional<Opener> opener, ActiveRun run) {
        this.folder = folder;
        this.destination = destination;
        this.opener = opener;
        this.run = run;
    }

    /**
     * Makes one archive again.
     *
     * @param noted where its members lie
     * @param index its members
     * @throws BackupException {@code ArchiveDamaged}, {@code KeyRefused}, {@code NoSpace}, or what is wrong with the
     *     destination
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
            for (StoredPart part : noted.all()) {
                if (assembly.missing() > 0 || part.equals(noted.file())) {
                    read(archive.backup(), part, assembly::take);
                }
            }
            if (assembly.missing() > 0) {
                throw damaged(
                        archive.backup(),
                        archive.name() + ": " + assembly.missing() + " of " + index.size()
                                + " members are in none of the files there",
                        null);
            }
        }
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
            throw e.otherKey()
                    ? new BackupException(new Problem.KeyRefused(backup.value()), e)
                    : damaged(backup, part.name() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw damaged(backup, part.name() + ": " + BackupFolder.words(e), e);
        }
        if (!digest.hex().equals(part.sha256())) {
            throw damaged(backup, part.name() + " has changed", null);
        }
    }

    private static BackupException damaged(BackupId backup, String detail, IOException cause) {
        return new BackupException(new Problem.ArchiveDamaged(backup.value(), detail), cause);
    }
}
