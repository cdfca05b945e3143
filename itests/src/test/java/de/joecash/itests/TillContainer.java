package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** A test that runs inside the host's framework; one container for each class. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class TillContainer {
    /** A machine that has much else to do may take as long for what takes a second otherwise. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The probe's, inside the framework. */
    protected BundleContext context;

    /** What the container is made of. */
    @Configuration
    public Option[] till() {
        return new Option[] {TillOptions.whole(getClass(), receipts())};
    }

    /** How many receipts the till is seeded with. */
    protected int receipts() {
        return 500;
    }

    @Before
    public void tillIsReady() {
        context = FrameworkUtil.getBundle(getClass()).getBundleContext();
        Await.asserted(PATIENCE, () -> assertThat(services("(osgi.condition.id=de.joecash.pos.ready)"))
                .as("the till's ready condition")
                .isNotEmpty());
    }

    protected List<ServiceReference<?>> services(String filter) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, filter);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Waits for a service of this type. */
    protected <T> T service(Class<T> type) {
        ServiceReference<T> reference =
                Await.nonNull(PATIENCE, type.getName(), () -> context.getServiceReference(type));
        return context.getService(reference);
    }

    protected List<Bundle> ours() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("de.joecash."))
                .toList();
    }
}
