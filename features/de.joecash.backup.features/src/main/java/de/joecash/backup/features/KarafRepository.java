package de.joecash.backup.features;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is shipped as a feature repository of Karaf (features schema 1.6.0): the core, one feature for each source,
 * destination and front end, all of them together, and the demo till. Made of the feature descriptors alone, so that no
 * bundle or version is named a second time.
 */
final class KarafRepository {
    private static final String NAME = "joecash-backup";
    private static final String ALL = NAME + "-all";
    private static final String CORE = "core";
    private static final String HTTP = "http";
    private static final String H2 = "h2";
    private static final String TILL = "till";
    private static final String BUNDLE = "<bundle>";
    private static final String DEPENDENCY = "<bundle dependency=\"true\">";

    /** What parts need beside the core where the host has nothing of the kind: Karaf adds it only then. */
    private static final Map<String, String> UNLESS_THERE = Map.of("web", "joecash-http", "source-h2", "joecash-h2");

    /** What the host registers: no bundle here says that it does, so Karaf's resolver has to be told. */
    private static final List<String> OF_THE_HOST = List.of(
            "de.joecash.pos.database.PosDatabase",
            "de.joecash.pos.activity.TillActivity",
            "de.joecash.pos.activity.TillSales",
            "de.joecash.pos.notification.Notifier");

    private final Feature backup;
    private final Feature host;
    private final Feature karaf;

    KarafRepository(Feature backup, Feature host, Feature karaf) {
        this.backup = backup;
        this.host = host;
        this.karaf = karaf;
    }

    /** Lists what its features name, each once. */
    List<Artifact> bundles() {
        return Stream.of(backup.bundles(), karaf.bundles(), host.part(HTTP), host.part(H2), host.part(TILL))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Gives the repository's text. The descriptors' characters need no escaping, see {@link Artifact#parse}. */
    String xml() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<features name=\"%s\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">%n".formatted(NAME));
        features().forEach((name, contents) -> {
            xml.append("  <feature name=\"%s\" version=\"%s\">%n".formatted(name, backup.version()));
            contents.forEach(line -> xml.append("    ").append(line).append('\n'));
            xml.append("  </feature>\n");
        });
        return xml.append("</features>\n").toString();
    }

    private Map<String, List<String>> features() {
        Map<String, List<String>> features = new LinkedHashMap<>();
        backup.parts().forEach((part, bundles) -> features.put(name(part), part(part, bundles)));
        features.put(
                ALL,
                backup.parts().keySet().stream()
                        .map(part -> feature(name(part)))
                        .toList());
        features.put("joecash-http", bundles(host.part(HTTP)));
        features.put("joecash-h2", bundles(host.part(H2)));
        features.put(
                "joecash-pos-demo",
                plus(
                        plus(unlessThere(), List.of(feature("joecash-http"), feature("joecash-h2"))),
                        bundles(host.part(TILL))));
        features.put(NAME + "-demo", List.of(feature("joecash-pos-demo"), feature(ALL)));
        return features;
    }

    private static String name(String part) {
        return part.equals(CORE) ? NAME : NAME + "-" + part;
    }

    private List<String> part(String part, List<Artifact> bundles) {
        if (part.equals(CORE)) {
            List<String> services = OF_THE_HOST.stream()
                    .map(type -> "<capability>osgi.service;effective:=active;objectClass=" + type + "</capability>")
                    .toList();
            List<String> ours = bundles.stream()
                    .flatMap(bundle -> bundles(isContract(bundle) ? DEPENDENCY : BUNDLE, List.of(bundle)).stream())
                    .toList();
            return plus(unlessThere(), plus(ours, services));
        }
        List<String> needed = UNLESS_THERE.containsKey(part)
                ? List.of(feature(NAME), "<feature dependency=\"true\">" + UNLESS_THERE.get(part) + "</feature>")
                : List.of(feature(NAME));
        return plus(needed, bundles(bundles));
    }

    /** The contract with the host: one that brings it keeps it when the backup goes. */
    private static boolean isContract(Artifact bundle) {
        return bundle.name().equals("de.joecash.pos.api");
    }

    private static List<String> bundles(List<Artifact> bundles) {
        return bundles(BUNDLE, bundles);
    }

    /** Where Karaf has one of them already, its own is taken. */
    private List<String> unlessThere() {
        return bundles(DEPENDENCY, karaf.bundles());
    }

    private static List<String> bundles(String tag, List<Artifact> bundles) {
        return bundles.stream()
                .map(bundle ->
                        "%smvn:%s/%s/%s</bundle>".formatted(tag, bundle.group(), bundle.name(), bundle.version()))
                .toList();
    }

    private static String feature(String name) {
        return "<feature>" + name + "</feature>";
    }

    private static List<String> plus(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
