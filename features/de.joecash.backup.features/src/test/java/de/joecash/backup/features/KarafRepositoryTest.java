package de.joecash.backup.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class KarafRepositoryTest {
    private final Feature backup = Feature.shipped(Feature.BACKUP);
    private final Feature host = Feature.shipped(Feature.DEMO_HOST);
    private final Feature karaf = Feature.shipped(Feature.KARAF);
    private Document repository;

    @BeforeEach
    void setUp() throws Exception {
        String xml = new KarafRepository(backup, host, karaf).xml();
        repository =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void everyBundleOfTheBackupIsInOneFeatureThatAllInstalls() {
        List<String> all = texts(feature("joecash-backup-all"), "feature");

        assertThat(all.stream().flatMap(name -> texts(feature(name), "bundle").stream()))
                .containsExactlyInAnyOrderElementsOf(Feature.union(backup, karaf).stream()
                        .map(KarafRepositoryTest::url)
                        .toList());
    }

    @Test
    void everySourceDestinationAndFrontEndCanBeHadByItself() {
        assertThat(names())
                .contains(
                        "joecash-backup",
                        "joecash-backup-source-h2",
                        "joecash-backup-source-postgresql",
                        "joecash-backup-source-mariadb",
                        "joecash-backup-destination-file",
                        "joecash-backup-destination-ftp",
                        "joecash-backup-destination-s3",
                        "joecash-backup-destination-sftp",
                        "joecash-backup-pos",
                        "joecash-backup-schedule",
                        "joecash-backup-web",
                        "joecash-backup-shell",
                        "joecash-backup-update",
                        "joecash-backup-all",
                        "joecash-backup-demo");
    }

    @Test
    void whatKarafBringsItselfIsInNoFeature() {
        assertThat(texts(repository.getDocumentElement(), "bundle"))
                .doesNotContainAnyElementsOf(host.part("framework").stream()
                        .filter(bundle -> !karaf.bundles().contains(bundle))
                        .map(KarafRepositoryTest::url)
                        .toList());
    }

    @Test
    void everythingElseOfTheDemoHostIsThere() {
        Stream<Artifact> own =
                host.bundles().stream().filter(bundle -> !host.part("framework").contains(bundle));

        assertThat(texts(repository.getDocumentElement(), "bundle"))
                .containsAll(own.map(KarafRepositoryTest::url).toList());
    }

    @Test
    void whatItsFeaturesNameIsWhatItLists() {
        assertThat(new KarafRepository(backup, host, karaf).bundles())
                .extracting(KarafRepositoryTest::url)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(texts(repository.getDocumentElement(), "bundle")));
    }

    @Test
    void namesAreUniqueAndWhatAFeatureNeedsIsThere() {
        assertThat(names()).doesNotHaveDuplicates();
        for (String name : names()) {
            assertThat(texts(feature(name), "feature")).as(name).isSubsetOf(names());
        }
    }

    private static String url(Artifact bundle) {
        return "mvn:" + bundle.group() + "/" + bundle.name() + "/" + bundle.version();
    }

    private List<String> names() {
        return features().map(feature -> feature.getAttribute("name")).toList();
    }

    private Element feature(String name) {
        return features()
                .filter(feature -> feature.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Stream<Element> features() {
        return elements(repository.getDocumentElement(), "feature")
                .filter(feature -> feature.getParentNode() == repository.getDocumentElement());
    }

    private static List<String> texts(Element within, String tag) {
        return elements(within, tag).map(Element::getTextContent).toList();
    }

    private static Stream<Element> elements(Element within, String tag) {
        NodeList found = within.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
    }
}
