package de.joecash.itests;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the layers and the house's rules for every module there is. */
class ArchitectureTest {
    private static final String API = "de.joecash.backup";
    private static final String SPI = "de.joecash.backup.spi";

    /** A value of the SPI that front ends take from people and hand on. */
    private static final String SECRET = SPI + ".Secret";

    private static final String DATABASE = "de.joecash.pos.database";
    private static final String TOOLS = "de.joecash.backup.tools";
    private static final String REMOTE = "de.joecash.backup.remote";
    private static final Set<String> POS = Set.of(
            "de.joecash.pos.activity",
            "de.joecash.pos.closing",
            DATABASE,
            "de.joecash.pos.entitlement",
            "de.joecash.pos.files",
            "de.joecash.pos.menu",
            "de.joecash.pos.notification",
            "de.joecash.pos.settings");

    /** What of ours, besides itself, a module may see. A module that does not stand here fails. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            Map.entry("de.joecash.pos.api", POS),
            Map.entry("de.joecash.pos.reference", POS),
            Map.entry("de.joecash.pos.jakarta", Set.of(DATABASE)),
            Map.entry("de.joecash.pos.jakarta.platform", Set.of()),
            Map.entry("de.joecash.pos.runtime", Set.of("de.joecash.backup.features")),
            Map.entry("de.joecash.backup.api", Set.of(API, SPI)),
            Map.entry("de.joecash.backup.core", Set.of(API, SPI)),
            Map.entry(TOOLS, Set.of(API, SPI, DATABASE)),
            Map.entry("de.joecash.backup.source.h2", Set.of(API, SPI, DATABASE)),
            Map.entry("de.joecash.backup.source.postgresql", Set.of(API, SPI, DATABASE, TOOLS)),
            Map.entry("de.joecash.backup.source.mariadb", Set.of(API, SPI, DATABASE, TOOLS)),
            Map.entry("de.joecash.backup.destination.file", Set.of(API, SPI)),
            Map.entry(REMOTE, Set.of(API, SPI)),
            Map.entry("de.joecash.backup.destination.ftp", Set.of(API, SPI, REMOTE)),
            Map.entry("de.joecash.backup.destination.s3", Set.of(API, SPI, REMOTE)),
            Map.entry("de.joecash.backup.destination.sftp", Set.of(API, SPI, REMOTE)),
            Map.entry("de.joecash.backup.pos", plus(POS, API, SPI)),
            Map.entry("de.joecash.backup.schedule", Set.of(API)),
            Map.entry("de.joecash.backup.web", Set.of(API)),
            Map.entry("de.joecash.backup.shell", Set.of(API)),
            Map.entry("de.joecash.backup.update", Set.of()),
            Map.entry("de.joecash.backup.testkit", Set.of(API, SPI)),
            Map.entry("de.joecash.backup.features", Set.of()),
            Map.entry("itests", Set.of()));

    private static final Set<String> NOT_A_BUNDLE = Set.of(
            TOOLS,
            REMOTE,
            "de.joecash.backup.features",
            "de.joecash.pos.runtime",
            "de.joecash.backup.testkit",
            "itests");
    private static final Set<String> APIS = Set.of("de.joecash.pos.api", "de.joecash.backup.api");

    /** A thread that was interrupted may put its own flag back; nobody may set another's. */
    private static final Pattern INTERRUPTS_ANOTHER =
            Pattern.compile("(?<!Thread\\.currentThread\\(\\)\\s{0,99})\\.interrupt\\(\\)|::interrupt\\b");

    private static final Pattern CANCELS = Pattern.compile("\\.cancel\\(\\s*true\\s*\\)");

    private static final int MAX_LINES = 400;
    private static final int MAX_PARAMETERS = 6;

    @Test
    void everyModuleHasItsPlaceInTheLayers() {
        assertThat(OurModules.all())
                .extracting(module -> module.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(MAY_SEE.keySet());
    }

    @Test
    void modulesSeeOnlyWhatTheirLayerMay() {
        Set<String> violations = new TreeSet<>();
        for (Path module : OurModules.all()) {
            String name = module.getFileName().toString();
            for (JavaClass type : OurModules.classes(module)) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isForbidden(name, dependency))
                        .forEach(dependency -> violations.add(name + ": " + dependency.getDescription()));
            }
        }

        assertThat(violations).isEmpty();
    }

    @Test
    void bundlesKeepEverythingButTheirApiInternal() {
        for (Path module : OurModules.all()) {
            String name = module.getFileName().toString();
            if (!NOT_A_BUNDLE.contains(name) && !APIS.contains(name)) {
                assertThat(OurModules.classes(module)).as(name).allMatch(type -> (type.getPackageName() + ".")
                        .startsWith(name + ".internal."));
            }
        }
    }

    @Test
    void apisStandOnJavaAndOsgiAnnotationsAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(plus(POS, API, SPI).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "javax.sql", "org.osgi.annotation..", "de.joecash..")
                .check(OurModules.mainClasses());
    }

    @Test
    void servicesAreFoundByDeclarativeServicesOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.osgi\\.(framework\\.(BundleActivator|ServiceListener)|util\\.tracker\\..*)")
                .check(OurModules.mainClasses());
    }

    @Test
    void nobodyInterruptsAThreadThatMayBeInTheDatabase() throws IOException {
        noClasses()
                .should()
                .callMethodWhere(
                        target(DescribedPredicate.and(owner(assignableTo(ExecutorService.class)), name("shutdownNow"))))
                .check(OurModules.mainClasses());
        for (Path source : OurModules.sources()) {
            if (source.toString().contains("/src/main/")) {
                assertThat(source).content().doesNotContainPattern(INTERRUPTS_ANOTHER);
                if (CANCELS.matcher(Files.readString(source)).find()) {
                    assertThat(futuresCancelledIn(source))
                            .as("%s cancels nothing but what interrupts nobody", source)
                            .containsOnly(CompletableFuture.class.getName());
                }
            }
        }
    }

    /** The types of the futures; a {@link CompletableFuture} interrupts nobody, as its contract says. */
    private static Set<String> futuresCancelledIn(Path source) {
        String name = source.toString()
                .replaceAll(".*/src/main/java/", "")
                .replaceAll("\\.java$", "")
                .replace('/', '.');
        return OurModules.mainClasses().stream()
                .filter(type -> type.getName().equals(name) || type.getName().startsWith(name + "$"))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getName().equals("cancel"))
                .map(call -> call.getTargetOwner())
                .filter(owner -> owner.isAssignableTo(Future.class))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void nobodyOpensDatabasesThroughTheDriverManager() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.DriverManager")
                .check(OurModules.mainClasses());
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Standard|Common|Shared)")
                .check(OurModules.mainClasses());
    }

    @Test
    void constructorsAreShort() {
        constructors()
                .that()
                .areDeclaredInClassesThat()
                .areNotRecords()
                .should(haveAtMost(MAX_PARAMETERS))
                .check(OurModules.mainClasses());
    }

    @Test
    void shippedClassesAreShort() throws IOException {
        List<Path> shipped = OurModules.sources().stream()
                .filter(source -> source.toString().contains("/src/main/"))
                .filter(source -> !source.toString().contains("/de.joecash.backup.testkit/"))
                .toList();
        assertThat(shipped).isNotEmpty();
        for (Path source : shipped) {
            try (Stream<String> lines = Files.lines(source)) {
                assertThat(lines.count()).as(source.toString()).isLessThanOrEqualTo(MAX_LINES);
            }
        }
    }

    @Test
    void testsWaitForConditionsAndNeverSleep() {
        noClasses()
                .should()
                .callMethodWhere(target(DescribedPredicate.and(owner(assignableTo(Thread.class)), name("sleep"))))
                .check(OurModules.testClasses());
    }

    private static boolean isForbidden(String module, Dependency dependency) {
        Set<String> mayBeSeen = MAY_SEE.getOrDefault(module, Set.of());
        if (mayBeSeen.contains(API) && dependency.getTargetClass().getName().equals(SECRET)) {
            return false;
        }
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        boolean ours = target.equals("de.joecash") || target.startsWith("de.joecash.");
        boolean itself = (target + ".").startsWith(module + ".");
        return ours && !itself && !mayBeSeen.contains(target);
    }

    private static ArchCondition<JavaConstructor> haveAtMost(int parameters) {
        return new ArchCondition<>("have at most " + parameters + " parameters") {
            @Override
            public void check(JavaConstructor constructor, ConditionEvents events) {
                int count = constructor.getRawParameterTypes().size();
                events.add(new SimpleConditionEvent(
                        constructor, count <= parameters, constructor.getFullName() + " has " + count));
            }
        };
    }

    private static Set<String> plus(Set<String> packages, String... more) {
        Set<String> all = new TreeSet<>(packages);
        all.addAll(List.of(more));
        return all;
    }
}
