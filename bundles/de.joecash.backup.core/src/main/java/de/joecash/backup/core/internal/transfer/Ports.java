package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.run.Subject;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.HostActivity;
import de.joecash.backup.spi.KeptFolders;
import de.joecash.backup.spi.KnownPlace;
import de.joecash.backup.spi.Source;
import de.joecash.backup.spi.TransferRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What comes and goes around the core, looked at afresh each time.
 *
 * @param sources the till's database, if there is one
 * @param destinations the ways out that are configured
 * @param routes the routes that are open, the one that decides first
 * @param knownPlaces where copies may lie, whatever routes are open
 * @param activities what the host is doing, where it says so
 * @param keptFolders the folders that the host wants kept
 */
public record Ports(
        Ranked<Source> sources,
        Ranked<DestinationProvider> destinations,
        Ranked<TransferRoute> routes,
        Ranked<KnownPlace> knownPlaces,
        Ranked<HostActivity> activities,
        Ranked<KeptFolders> keptFolders) {
    /** Begins with nothing around. */
    public Ports() {
        this(new Ranked<>(), new Ranked<>(), new Ranked<>(), new Ranked<>(), new Ranked<>(), new Ranked<>());
    }

    /**
     * Gives the source.
     *
     * @throws BackupException {@code NoDatabase} if there is none
     */
    public Source requireSource() throws BackupException {
        return sources.first().orElseThrow(() -> new BackupException(new Problem.NoDatabase()));
    }

    /**
     * Gives what backups are made of: the source, and the folders that are kept with it.
     *
     * @throws BackupException {@code NoDatabase} if there is no source
     */
    public Subject requireSubject() throws BackupException {
        return new Subject(requireSource(), folders());
    }

    private List<KeptFolders.Folder> folders() {
        return keptFolders.all().stream()
                .flatMap(kept -> kept.folders().stream())
                .toList();
    }

    /** Says what the host is doing; one that does not say it may be needed at any moment. */
    public HostActivity.State activity() {
        try {
            return activities.first().map(HostActivity::state).orElse(HostActivity.State.OPEN);
        } catch (RuntimeException | LinkageError e) {
            // The host's own trouble; its bundle may be on its way out, and its classes gone.
            return HostActivity.State.OPEN;
        }
    }

    /**
     * Gives a destination.
     *
     * @throws BackupException {@code DestinationMissing} if it is not configured
     */
    public DestinationProvider requireDestination(String id) throws BackupException {
        return destinations.all().stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BackupException(new Problem.DestinationMissing(id)));
    }

    /** Says where backups of a kind go. */
    public Optional<Place> route(BackupKind kind) {
        return routes.all().stream()
                .flatMap(route ->
                        route.directoryFor(kind).stream().map(directory -> new Place(route.destination(), directory)))
                .findFirst();
    }

    /** Says why nothing may go to a destination now: empty while a route to it is open. */
    public Optional<Problem> closed(String destination) {
        if (routes.all().stream().anyMatch(route -> route.destination().equals(destination))) {
            return Optional.empty();
        }
        // The route to the medium is never gated: where it is missing, its bundle is being updated.
        return Optional.of(
                destination.equals(DestinationProvider.MEDIUM) ? new Problem.Stopping() : new Problem.NotEntitled());
    }

    /** Lists where no destination may write: the backups, the database's files, and the kept folders. */
    List<Path> offLimits(Path backups) {
        List<Path> paths = new ArrayList<>(List.of(backups));
        sources.first().ifPresent(database -> paths.addAll(database.directories()));
        folders().forEach(folder -> paths.add(folder.path()));
        return paths;
    }

    /** Lists the places that routes lead to, those that are known and the roots of the destinations, gated or not. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (BackupKind kind : List.of(BackupKind.MANUAL, BackupKind.AUTOMATIC)) {
            route(kind).ifPresent(places::add);
        }
        knownPlaces.all().forEach(known -> known.place().ifPresent(places::add));
        for (DestinationProvider provider : destinations.all()) {
            if (!provider.id().equals(DestinationProvider.MEDIUM)) {
                places.add(new Place(provider.id(), ""));
            }
        }
        return places.stream().distinct().toList();
    }

    /**
     * Lists the places but the medium as people write them, each with the address that its destination tells. The root
     * of a destination stands for itself only where no directory there is known.
     */
    public List<String> addresses() {
        List<Place> away = places().stream()
                .filter(place -> !place.destination().equals(DestinationProvider.MEDIUM))
                .toList();
        List<String> entered = away.stream()
                .filter(place -> !place.directory().isEmpty())
                .map(Place::destination)
                .toList();
        return away.stream()
                .filter(place -> !place.directory().isEmpty() || !entered.contains(place.destination()))
                .map(place -> (place + "  " + address(place.destination())).strip())
                .toList();
    }

    private String address(String destination) {
        return destinations.all().stream()
                .filter(provider -> provider.id().equals(destination))
                .map(DestinationProvider::address)
                .findFirst()
                .orElse("");
    }
}
