package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Place;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.seal.Keyring;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tries a place with a small file that says nothing and is removed again. It bears the same name each time, this
 * till's: so one that could not be removed, because the line broke or the power was cut, is gone after the next trial.
 */
public final class Trial {
    private static final int BYTES = 4096;

    private final Ports ports;
    private final Path backups;
    private final Keyring keys;
    private final SecureRandom random = new SecureRandom();
    private final Map<Place, Object> one = new ConcurrentHashMap<>();
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * Tries through what is connected.
     *
     * @param backups the backup folder, which no place may be in
     * @param keys tell whose the file is, where several tills share a place
     */
    public Trial(Ports ports, Path backups, Keyring keys) {
        this.ports = ports;
        this.backups = backups;
        this.keys = keys;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the class
    private record Noise(byte[] content) implements Destination.Content {
        @Override
        public long bytes() {
            return content.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }

    /** One of each call: two of the same place are two. */
    private static final class UnderWay {
        private final Place place;
        private final Cancellation cancellation = new Cancellation();

        UnderWay(Place place) {
            this.place = place;
        }
    }

    /** Goes as far as it can. Blocks meanwhile; a second one of the same place waits for the first. */
    public PlaceTrial of(Place place) {
        UnderWay own = new UnderWay(place);
        underWay.add(own);
        try {
            // Whoever stops sees it in the set, or is seen here.
            if (stopped) {
                own.cancellation.cancel(new Problem.Stopping());
            }
            return of(place, own.cancellation);
        } finally {
            underWay.remove(own);
        }
    }

    /** Ends those of a place, also one that waits for another; says whether there was one. */
    public boolean cancel(Place place) {
        List<UnderWay> meant =
                underWay.stream().filter(trial -> trial.place.equals(place)).toList();
        meant.forEach(trial -> trial.cancellation.cancel(new Problem.Cancelled()));
        return !meant.isEmpty();
    }

    /** Ends them all, and those that still begin. */
    public void stop() {
        stopped = true;
        underWay.forEach(trial -> trial.cancellation.cancel(new Problem.Stopping()));
    }

    private PlaceTrial of(Place place, Cancellation cancellation) {
        synchronized (one.computeIfAbsent(place, any -> new Object())) {
            List<PlaceTrial.Step> passed = new ArrayList<>();
            try (Destination destination = connect(place, cancellation)) {
                passed.add(PlaceTrial.Step.CONNECTED);
                store(destination, place, passed);
                return new PlaceTrial(passed, Optional.empty());
            } catch (BackupException e) {
                return new PlaceTrial(passed, Optional.of(e.problem()));
            } catch (IOException e) {
                return new PlaceTrial(passed, Optional.of(new Problem.Unexpected(BackupFolder.words(e))));
            }
        }
    }

    private Destination connect(Place place, Cancellation cancellation) throws BackupException {
        cancellation.check();
        return ports.requireDestination(place.destination())
                .connect(place.directory(), ports.offLimits(backups), cancellation);
    }

    private void store(Destination destination, Place place, List<PlaceTrial.Step> passed)
            throws BackupException, IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String file = "trial-" + keys.till().fingerprint();
        if (destination.stat(file).isPresent()) {
            destination.delete(file);
        }
        destination.put(file, new Noise(bytes), sent -> {});
        passed.add(PlaceTrial.Step.WRITTEN);
        try {
            compare(destination, place, file, bytes);
            passed.add(PlaceTrial.Step.READ_BACK);
        } catch (BackupException | IOException e) {
            removeAfter(e, destination, file, passed);
            throw e;
        }
        destination.delete(file);
        passed.add(PlaceTrial.Step.REMOVED);
    }

    /** What went wrong first is what people need to know. */
    private static void removeAfter(
            Exception first, Destination destination, String file, List<PlaceTrial.Step> passed) {
        try {
            destination.delete(file);
            passed.add(PlaceTrial.Step.REMOVED);
        } catch (BackupException e) {
            first.addSuppressed(e);
        }
    }

    private static void compare(Destination destination, Place place, String file, byte[] bytes)
            throws BackupException, IOException {
        try (InputStream in = destination.open(file)) {
            if (!Arrays.equals(in.readNBytes(BYTES + 1), bytes)) {
                throw new BackupException(new Problem.CopyDiffers(place.destination(), file, "its content"));
            }
        } catch (IOException e) {
            if (e.getCause() instanceof BackupException carried) {
                throw carried;
            }
            throw e;
        }
    }
}
