package de.joecash.backup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The media that are plugged in, and which of them takes local copies. Thread-safe. */
@ProviderType
public interface Media {
    /**
     * Lists the media that are there at this instant. Whether one takes a backup, {@link BackupService#tryPlace} says.
     *
     * @return ordered by their paths
     */
    List<FoundMedium> list();

    /**
     * Says whether what a person sends goes to this medium.
     *
     * @param path of a medium
     * @return whether it is the one that was chosen
     */
    boolean chosen(String path);

    /**
     * Says which directory at the data centre is set in the place that {@link #choose} puts a medium in: copies go to
     * another one from then on.
     *
     * @return empty where there is none
     */
    Optional<String> replaces();

    /**
     * Has what a person sends go to this medium from now on, until another setting is made.
     *
     * @param path of a medium that is listed
     * @param locale of whoever reads why it was refused
     * @throws BackupException {@code InvalidInput} if it cannot be set, or be kept
     */
    void choose(String path, Locale locale) throws BackupException;
}
