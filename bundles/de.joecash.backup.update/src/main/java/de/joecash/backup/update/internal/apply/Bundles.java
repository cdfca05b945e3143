package de.joecash.backup.update.internal.apply;

import de.joecash.backup.update.internal.set.Refusal;
import de.joecash.backup.update.internal.set.SetRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles of the framework. By the context of the framework's own bundle, which lives as long as it. */
public final class Bundles {
    private static final Duration REFRESHED = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Bundle self;
    private final BundleContext framework;

    /** @param context of the updater's own bundle */
    public Bundles(BundleContext context) {
        self = context.getBundle();
        framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    }

    /** The updater's own. */
    Bundle self() {
        return self;
    }

    BundleContext context() {
        return framework;
    }

    /** Where the framework keeps its bundles, if it says so. */
    Optional<Path> storage() {
        String said = framework.getProperty(Constants.FRAMEWORK_STORAGE);
        try {
            return Optional.ofNullable(said).map(Path::of).filter(Files::isDirectory);
        } catch (InvalidPathException e) {
            // Some frameworks take a URL here.
            return Optional.empty();
        }
    }

    /**
     * Finds a bundle.
     *
     * @throws SetRefused {@link Refusal#AMBIGUOUS}
     */
    Optional<Bundle> named(String symbolicName) throws SetRefused {
        List<Bundle> found = Stream.of(framework.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .toList();
        if (found.size() > 1 || found.contains(framework.getBundle())) {
            throw new SetRefused(Refusal.AMBIGUOUS, symbolicName);
        }
        return found.stream().findFirst();
    }

    Optional<Bundle> at(String location) {
        return Optional.ofNullable(framework.getBundle(location));
    }

    /** These, and all that is wired to them, which a refresh stops and starts as well. */
    Collection<Bundle> refreshedWith(Collection<Bundle> bundles) {
        return wiring().getDependencyClosure(bundles);
    }

    /** Waits until the framework has started everything. */
    void awaitStarted(Stopping stopping) throws StoppedException {
        while (framework.getBundle().getState() != Bundle.ACTIVE) {
            stopping.pause(LOOK);
        }
    }

    /** Stops it. It is started again at the framework's next start. */
    void stop(Bundle bundle) throws BundleException {
        bundle.stop(Bundle.STOP_TRANSIENT);
    }

    void update(Bundle bundle, Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            bundle.update(in);
        }
    }

    Bundle install(String location, Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            return framework.installBundle(location, in);
        }
    }

    /** Starts it now, as it was; whether it is started at the framework's next start stays as it is. */
    void start(Bundle bundle) throws BundleException {
        bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    }

    /** Starts it from now on. */
    void startForGood(Bundle bundle) throws BundleException {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
    }

    /** Refreshes these and whatever is wired to them; says whether the framework ended that in time. */
    boolean refresh(Collection<Bundle> bundles) {
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        try {
            return refreshed.await(REFRESHED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Refreshes one without waiting for the end. */
    void refreshLater(Bundle bundle) {
        wiring().refreshBundles(List.of(bundle));
    }

    private FrameworkWiring wiring() {
        return framework.getBundle().adapt(FrameworkWiring.class);
    }
}
