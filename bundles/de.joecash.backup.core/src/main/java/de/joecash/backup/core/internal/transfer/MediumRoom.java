package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Manifest;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.WrittenManifest;
import de.joecash.backup.spi.Destination;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which backups give way on a medium: of those that this till itself made and signed, the oldest. Never the newest that
 * is whole, as long as the next one is not there; nor one that {@linkplain Backup#stays stays}; nor anybody else's
 * file.
 */
final class MediumRoom {
    private static final Logger LOG = LoggerFactory.getLogger(MediumRoom.class);

    private final Catalogue catalogue;
    private final Destination medium;
    private final Place place;
    private final BackupId next;

    /**
     * Looks after an open medium.
     *
     * @param next what is being copied to it
     */
    MediumRoom(Catalogue catalogue, Destination medium, Place place, BackupId next) {
        this.catalogue = catalogue;
        this.medium = medium;
        this.place = place;
        this.next = next;
    }

    /** A backup of this till's on the medium. */
    private record Copied(Manifest manifest, List<String> parts, long bytes, boolean whole) {}

    /**
     * Makes room, where that can be made.
     *
     * @return whether some gave way; none do where all of them together are not enough
     */
    boolean make(Problem.NoSpace lacking) throws BackupException {
        long missing = lacking.needed() - lacking.free();
        List<Copied> removable = removable();
        if (removable.isEmpty() || removable.stream().mapToLong(Copied::bytes).sum() < missing) {
            return false;
        }
        for (Copied oldest : removable) {
            if (missing > 0) {
                remove(oldest);
                missing -= oldest.bytes();
            }
        }
        return true;
    }

    /**
     * Takes away what is too many once the next one is there; that it failed harms no backup.
     *
     * @param keep how many stay; 0 for all
     */
    void tidy(int keep) {
        if (keep == 0) {
            return;
        }
        try {
            List<Copied> all = copied();
            Set<Copied> last = lastOnes(all);
            for (Copied old : all.subList(0, Math.max(0, all.size() - keep))) {
                if (mayGo(old, last)) {
                    remove(old);
                }
            }
        } catch (BackupException e) {
            LOG.warn("What is not kept at {} any more could not be removed: {}", place, e.getMessage());
        }
    }

    private List<Copied> removable() throws BackupException {
        List<Copied> removable = new ArrayList<>(copied());
        removable.removeIf(one -> one.manifest().id().equals(next));
        Set<Copied> last = lastOnes(removable);
        removable.removeIf(one -> !mayGo(one, last));
        return removable;
    }

    private boolean mayGo(Copied one, Set<Copied> last) {
        BackupId id = one.manifest().id();
        return !id.equals(next)
                && !last.contains(one)
                && catalogue.find(id).filter(Backup::stays).isEmpty();
    }

    /**
     * The last whole ones here: of the live database, or, while there is none, of any, and of each database that may
     * have been lost, for sticks are swapped.
     */
    private Set<Copied> lastOnes(List<Copied> oldestFirst) {
        List<Copied> whole = oldestFirst.stream().filter(Copied::whole).toList();
        Set<Copied> last = new HashSet<>();
        newest(whole, this::live).or(() -> newest(whole, any -> true)).ifPresent(last::add);
        for (Backup backup : catalogue.list()) {
            if (backup.loss().isPresent()) {
                newest(whole, one -> one.manifest().id().compareTo(backup.id()) <= 0)
                        .ifPresent(last::add);
            }
        }
        return last;
    }

    private static Optional<Copied> newest(List<Copied> oldestFirst, Predicate<Copied> fits) {
        return oldestFirst.stream().filter(fits).reduce((one, newer) -> newer);
    }

    private boolean live(Copied one) {
        return catalogue.find(one.manifest().id()).map(Backup::live).orElse(true);
    }

    /** Lists this till's, oldest first. */
    private List<Copied> copied() throws BackupException {
        RemoteFiles files = new RemoteFiles(medium);
        Map<String, Long> there = files.lengths();
        List<Copied> copied = new ArrayList<>();
        for (BackupId id : files.newest(Integer.MAX_VALUE)) {
            own(files, id).ifPresent(manifest -> copied.add(0, copied(manifest, there)));
        }
        return copied;
    }

    private static Copied copied(Manifest manifest, Map<String, Long> there) {
        List<String> parts = there.keySet().stream()
                .filter(name -> PartName.parse(name)
                        .filter(part -> part.backup().equals(manifest.id()))
                        .isPresent())
                .toList();
        long bytes = parts.stream().mapToLong(there::get).sum() + there.getOrDefault(manifest.manifestName(), 0L);
        boolean whole = BackupArchive.of(manifest).stream().allMatch(archive -> isWhole(archive, parts, there));
        return new Copied(manifest, parts, bytes, whole);
    }

    /** A sealed one is a little longer than what is in it; how much, its recipients tell. */
    private static boolean isWhole(BackupArchive archive, List<String> parts, Map<String, Long> there) {
        long bytes = archive.digest().archiveBytes();
        return Long.valueOf(bytes).equals(there.get(archive.name()))
                || parts.stream()
                        .anyMatch(name -> name.endsWith(PartName.SEALED)
                                && PartName.parse(name).orElseThrow().kind() == archive.kind()
                                && there.get(name) > bytes);
    }

    private Optional<Manifest> own(RemoteFiles files, BackupId id) throws BackupException {
        try {
            return Optional.of(files.manifest(id)).filter(catalogue::isOwn).map(WrittenManifest::manifest);
        } catch (BackupException e) {
            if (!(e.problem() instanceof Problem.ManifestUnreadable
                    || e.problem() instanceof Problem.SignatureWrong
                    || e.problem() instanceof Problem.UnknownBackup)) {
                // Half a list is none to judge by.
                throw e;
            }
            LOG.debug("{} at {} is nobody's: {}", id, place, e.getMessage());
            return Optional.empty();
        }
    }

    private void remove(Copied old) throws BackupException {
        Manifest manifest = old.manifest();
        catalogue.withdrawn(manifest.id(), place);
        medium.delete(manifest.manifestName());
        medium.delete(Note.name(manifest.id()));
        for (String part : old.parts()) {
            medium.delete(part);
        }
        LOG.info("{} is not kept at {} any more", manifest.id(), place);
    }
}
