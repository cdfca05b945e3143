package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.menu.MenuContribution;
import de.joecash.pos.settings.SettingsProvider;
import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A host without the backup, into which it is installed while the till sells, and out of which it goes again. Names no
 * type of ours: the probe would hold on to it.
 */
public class InstallIntoRunningHostIT extends TillContainer {
    @Override
    @Configuration
    public Option[] till() {
        return new Option[] {TillOptions.hostAlone(getClass(), receipts())};
    }

    @Test
    public void menuSettingsAndServiceAppearAndNothingIsLeftAfterUninstalling() throws Exception {
        assertThat(services("(objectClass=" + MenuContribution.class.getName() + ")"))
                .isEmpty();
        List<Bundle> installed = new ArrayList<>();
        for (String name : context.getProperty(TillOptions.BACKUP_BUNDLES).split(File.pathSeparator, -1)) {
            Path jar = Path.of(name);
            if (!isThere(jar)) {
                installed.add(context.installBundle(jar.toUri().toString()));
            }
        }
        for (Bundle bundle : installed) {
            bundle.start();
        }

        assertThat(service(MenuContribution.class).target()).isEqualTo("/backup/");
        assertThat(service(SettingsProvider.class).settings()).hasSize(2);
        Await.asserted(PATIENCE, () -> assertThat(services("(objectClass=de.joecash.backup.spi.Source)"))
                .hasSize(1));
        DemoShell.run(context, "backup:create");

        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (Bundle bundle : installed) {
            loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
        }
        for (Bundle bundle : installed) {
            bundle.uninstall();
        }
        refresh(installed);

        assertThat(
                        services(
                                "(|(objectClass=de.joecash.pos.menu.*)(objectClass=de.joecash.pos.settings.*)"
                                        + "(objectClass=de.joecash.backup.*)(osgi.command.scope=backup)(osgi.condition.id=de.joecash.backup.*))"))
                .isEmpty();
        // One that has ended its work may still be on its way out.
        Await.asserted(PATIENCE, () -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("joecash-backup")));
        letJavaForget();
        Await.asserted(PATIENCE, () -> {
            System.gc();
            assertThat(loaders)
                    .filteredOn(loader -> loader.get() != null)
                    .extracting(loader -> String.valueOf(loader.get()))
                    .isEmpty();
        });
    }

    /**
     * Of the records whose methods were linked Java 17 holds on to the last one's components (the method handles in
     * {@link java.lang.runtime.ObjectMethods}). Which one that is, nobody knows: from here on it is this one.
     */
    private static void letJavaForget() {
        record Last(String component) {}
        Last last = new Last("one");
        assertThat(last).isNotEqualTo(new Last("other")).doesNotHaveSameHashCodeAs(new Last("other"));
    }

    private boolean isThere(Path jar) {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().equals(jar.toUri().toString())) {
                return true;
            }
        }
        return false;
    }

    private void refresh(List<Bundle> bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(bundles, event -> {
                    if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                        done.countDown();
                    }
                });
        assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
