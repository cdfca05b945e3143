package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Place;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Tries a place with a small file that says nothing and is removed again. */
public final class Trial {
    private static final int BYTES = 4096;
    private static final int NAME_BYTES = 8;

    private final Ports ports;
    private final Path backups;
    private final SecureRandom random = new SecureRandom();

    /**
     * Tries through what is connected.
     *
     * @param backups the backup folder, which no place may be in
     */
    public Trial(Ports ports, Path backups) {
        this.ports = ports;
        this.backups = backups;
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

    /** Goes as far as it can. Blocks meanwhile. */
    public PlaceTrial of(Place place) {
        List<PlaceTrial.Step> passed = new ArrayList<>();
        try (Destination destination = ports.requireDestination(place.destination())
                .connect(place.directory(), ports.offLimits(backups), new Cancellation())) {
            passed.add(PlaceTrial.Step.CONNECTED);
            store(destination, place, passed);
            return new PlaceTrial(passed, Optional.empty());
        } catch (BackupException e) {
            return new PlaceTrial(passed, Optional.of(e.problem()));
        } catch (IOException e) {
            return new PlaceTrial(passed, Optional.of(new Problem.Unexpected(BackupFolder.words(e))));
        }
    }

    private void store(Destination destination, Place place, List<PlaceTrial.Step> passed)
            throws BackupException, IOException {
        byte[] name = new byte[NAME_BYTES];
        byte[] bytes = new byte[BYTES];
        random.nextBytes(name);
        random.nextBytes(bytes);
        String file = "trial-" + HexFormat.of().formatHex(name);
        destination.put(file, new Noise(bytes), sent -> {});
        passed.add(PlaceTrial.Step.WRITTEN);
        try {
            compare(destination, place, file, bytes);
            passed.add(PlaceTrial.Step.READ_BACK);
        } finally {
            destination.delete(file);
        }
        passed.add(PlaceTrial.Step.REMOVED);
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
