package de.joecash.backup.update.internal.apply;

import de.joecash.backup.update.internal.set.BundleList;
import de.joecash.backup.update.internal.set.ListedBundle;
import de.joecash.backup.update.internal.set.Refusal;
import de.joecash.backup.update.internal.set.SetFile;
import de.joecash.backup.update.internal.set.SetRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * What a set changes here. A bundle of the same version is left as it is, one that this host does not have is left out
 * unless the list says to install it, and the updater itself comes last, by itself.
 *
 * @param list of the set
 * @param replacements of what is installed, in the list's order
 * @param additions to it
 * @param updater what replaces the updater
 */
record Plan(BundleList list, List<Replacement> replacements, List<Addition> additions, Optional<Replacement> updater) {
    private static final String OURS = "de.joecash.backup.";
    private static final String LOCATION = "joecash-update:";

    /**
     * A bundle, and what comes in its place.
     *
     * @param jar where its file is once it is staged
     */
    record Replacement(Bundle bundle, ListedBundle listed, Path jar) {}

    /**
     * A bundle that is new here.
     *
     * @param jar where its file is once it is staged
     */
    record Addition(ListedBundle listed, Path jar) {
        String location() {
            return LOCATION + listed.symbolicName();
        }
    }

    /**
     * Compares a set with what is installed.
     *
     * @param staged where its files are going to be
     * @throws SetRefused {@link Refusal#OLDER}, {@link Refusal#AMBIGUOUS}, {@link Refusal#NOTHING_OF_IT},
     *     {@link Refusal#BELOW_UPDATER} or {@link Refusal#BELOW_HOST}
     */
    static Plan of(BundleList list, Bundles bundles, Path staged) throws SetRefused {
        List<Replacement> replacements = new ArrayList<>();
        List<Addition> additions = new ArrayList<>();
        Optional<Replacement> updater = Optional.empty();
        boolean known = false;
        for (ListedBundle listed : list.bundles()) {
            Optional<Bundle> installed = bundles.named(listed.symbolicName());
            Path jar = staged.resolve(listed.file());
            known |= installed.isPresent();
            if (installed.isPresent() && isNewer(listed, installed.get())) {
                Replacement replacement = new Replacement(installed.get(), listed, jar);
                if (installed.get().equals(bundles.self())) {
                    updater = Optional.of(replacement);
                } else {
                    replacements.add(replacement);
                }
            } else if (installed.isEmpty() && listed.install()) {
                additions.add(new Addition(listed, jar));
            }
        }
        if (!known) {
            throw new SetRefused(Refusal.NOTHING_OF_IT, list.toString());
        }
        Plan plan = new Plan(list, replacements, additions, updater);
        Collection<Bundle> touched = plan.touched(bundles);
        if (touched.contains(bundles.self())) {
            throw new SetRefused(Refusal.BELOW_UPDATER, names(replacements));
        }
        String hosts = touched.stream()
                .filter(bundle -> !plan.replaced().contains(bundle))
                .map(bundle -> String.valueOf(bundle.getSymbolicName()))
                .filter(name -> !name.startsWith(OURS))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!hosts.isEmpty()) {
            throw new SetRefused(Refusal.BELOW_HOST, hosts);
        }
        return plan;
    }

    private static boolean isNewer(ListedBundle listed, Bundle installed) throws SetRefused {
        int compared = Version.parseVersion(listed.version()).compareTo(installed.getVersion());
        if (compared < 0) {
            throw new SetRefused(Refusal.OLDER, listed.symbolicName(), listed.version(), installed.getVersion());
        }
        return compared > 0;
    }

    private static String names(List<Replacement> replacements) {
        return replacements.stream()
                .map(replacement -> replacement.listed().symbolicName())
                .collect(Collectors.joining(", "));
    }

    /** Whether everything is there already. */
    boolean isEmpty() {
        return replacements.isEmpty() && additions.isEmpty() && updater.isEmpty();
    }

    /** The bundles that are replaced. */
    List<Bundle> replaced() {
        return replacements.stream().map(Replacement::bundle).toList();
    }

    /** The bundles that are replaced, and those that a refresh of them stops and starts as well. */
    Collection<Bundle> touched(Bundles bundles) {
        return replacements.isEmpty() ? List.of() : bundles.refreshedWith(replaced());
    }

    /** Takes every bundle out of the set and proves it, also those that are there already. */
    void stage(SetFile set, Path staged) throws SetRefused, IOException {
        for (ListedBundle listed : list.bundles()) {
            set.extract(listed, staged);
        }
    }
}
