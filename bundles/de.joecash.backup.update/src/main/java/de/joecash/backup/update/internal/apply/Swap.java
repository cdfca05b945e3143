package de.joecash.backup.update.internal.apply;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Puts new bundles in the place of old ones, or old ones back. */
final class Swap {
    private final Bundles bundles;
    private final UpdateFolder folder;
    private final Stopping stopping;

    Swap(Bundles bundles, UpdateFolder folder, Stopping stopping) {
        this.bundles = bundles;
        this.folder = folder;
        this.stopping = stopping;
    }

    /** Carries a plan out; gives what could not be done, and then nothing after it was done. */
    Optional<Ill> forward(Plan plan, Journal journal) throws StoppedException {
        String at = "";
        try {
            for (Bundle bundle : backwards(plan.replaced())) {
                at = bundle.getSymbolicName();
                bundles.stop(bundle);
            }
            List<Bundle> changed = new ArrayList<>();
            for (Plan.Replacement replacement : plan.replacements()) {
                stopping.check();
                at = replacement.listed().symbolicName();
                bundles.update(replacement.bundle(), replacement.jar());
                changed.add(replacement.bundle());
            }
            List<Bundle> added = new ArrayList<>();
            for (Plan.Addition addition : plan.additions()) {
                stopping.check();
                at = addition.listed().symbolicName();
                added.add(bundles.install(addition.location(), addition.jar()));
            }
            changed.addAll(added);
            if (!changed.isEmpty() && !bundles.refresh(changed)) {
                return Optional.of(Ill.of(Ill.Kind.FRAMEWORK_LATE));
            }
            stopping.check();
            return start(plan, journal, added);
        } catch (BundleException | IOException | RuntimeException | LinkageError e) {
            return Optional.of(Ill.of(Ill.Kind.NOT_REPLACED, at, String.valueOf(e.getMessage())));
        }
    }

    private static List<Bundle> backwards(List<Bundle> forwards) {
        List<Bundle> backwards = new ArrayList<>(forwards);
        Collections.reverse(backwards);
        return backwards;
    }

    private Optional<Ill> start(Plan plan, Journal journal, List<Bundle> added) {
        Bundle at = bundles.self();
        try {
            for (Bundle bundle : added) {
                at = bundle;
                bundles.startForGood(bundle);
            }
            List<Bundle> active = new ArrayList<>(plan.replaced());
            active.removeIf(bundle -> !journal.wasActive(bundle.getLocation()));
            active.addAll(wereActive(journal));
            for (Bundle bundle : active) {
                at = bundle;
                bundles.start(bundle);
            }
            return Optional.empty();
        } catch (BundleException | RuntimeException | LinkageError e) {
            return Optional.of(Ill.notStarted(at, e));
        }
    }

    /** Also those that were only refreshed: the framework starts none again that could not be resolved meanwhile. */
    private List<Bundle> wereActive(Journal journal) {
        return journal.before().stream()
                .filter(Journal.Before::active)
                .flatMap(one -> bundles.at(one.location()).stream())
                .toList();
    }

    /** Puts everything back that a journal names, whatever of it was done; gives the first that could not be. */
    Optional<Ill> back(Journal journal) throws StoppedException {
        List<Ill> left = new ArrayList<>();
        List<Bundle> changed = new ArrayList<>();
        Set<Bundle> lost = new HashSet<>();
        for (String location : journal.added()) {
            bundles.at(location).ifPresent(bundle -> {
                attempt(bundle.getSymbolicName(), bundle::uninstall, left);
                changed.add(bundle);
            });
        }
        List<Bundle> present = journal.replaced().stream()
                .flatMap(one -> bundles.at(one.location()).stream())
                .toList();
        for (Bundle bundle : backwards(present)) {
            // One that does not stop is heard of again where it cannot be replaced.
            attempt(bundle.getSymbolicName(), () -> bundles.stop(bundle), new ArrayList<>());
        }
        for (Journal.Replaced replaced : journal.replaced()) {
            stopping.check();
            attempt(replaced.location(), () -> changed.add(put(replaced, lost)), left);
        }
        if (!changed.isEmpty() && !bundles.refresh(changed)) {
            left.add(Ill.of(Ill.Kind.FRAMEWORK_LATE));
        }
        List<Bundle> active = new ArrayList<>(journal.replaced().stream()
                .filter(one -> journal.wasActive(one.location()))
                .flatMap(one -> bundles.at(one.location()).stream())
                .toList());
        active.addAll(wereActive(journal));
        for (Bundle bundle : active) {
            stopping.check();
            Step start = () -> {
                if (lost.contains(bundle)) {
                    bundles.startForGood(bundle);
                } else {
                    bundles.start(bundle);
                }
            };
            attempt(bundle.getSymbolicName(), start, left);
        }
        return left.stream().findFirst();
    }

    /** A framework that was cut off may have lost the bundle. */
    private Bundle put(Journal.Replaced replaced, Set<Bundle> lost) throws BundleException, IOException {
        Path file = folder.rollback().resolve(replaced.file());
        Optional<Bundle> bundle = bundles.at(replaced.location());
        if (bundle.isEmpty()) {
            Bundle installed = bundles.install(replaced.location(), file);
            lost.add(installed);
            return installed;
        }
        bundles.update(bundle.get(), file);
        return bundle.get();
    }

    private interface Step {
        void go() throws BundleException, IOException;
    }

    private static void attempt(String what, Step step, List<Ill> left) {
        try {
            step.go();
        } catch (BundleException | IOException | RuntimeException | LinkageError e) {
            left.add(Ill.of(Ill.Kind.NOT_REPLACED, what, String.valueOf(e.getMessage())));
        }
    }
}
