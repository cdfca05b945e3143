package de.joecash.pos.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the command line of {@code fetch} asks for. A secret never stands there: only the file that holds it.
 *
 * @param from where the backups are, as {@link RemotePlace} reads it; empty only where help was asked for
 * @param backup which, as {@code backup:fetch} takes it; empty to list what is there
 * @param into the directory that it is put into
 * @param named the options that have a value, by their name without hyphens
 * @param flags those that have none
 */
record FetchOptions(String from, Optional<String> backup, Path into, Map<String, String> named, Set<String> flags) {
    /** The word that the command line begins with. */
    static final String VERB = "fetch";

    /** In a file's place: what is typed, or comes by standard input. */
    static final String TYPED = "-";

    static final String USER = "user";
    static final String PASSWORD_FILE = "password-file";
    static final String LOGIN_KEY = "login-key";
    static final String HOST_KEY = "host-key";
    static final String CERTIFICATES = "certificates";
    static final String PIN = "pin";
    static final String REGION = "region";
    static final String KEY = "key";
    static final String FINGERPRINT = "fingerprint";

    private static final String HELP = "help";
    private static final String CLEARTEXT = "cleartext";
    private static final String WITHOUT_FILES = "without-files";
    private static final Set<String> FLAGS = Set.of(HELP, CLEARTEXT, WITHOUT_FILES);

    private static final Set<String> WITH_VALUE = Set.of(
            "from", "into", USER, PASSWORD_FILE, LOGIN_KEY, HOST_KEY, CERTIFICATES, PIN, REGION, KEY, FINGERPRINT);

    private static final String NUMBER_OR_NAME = "[A-Za-z0-9_][A-Za-z0-9_-]{0,119}";
    private static final String FINGERPRINT_TYPED = "[A-Za-z0-9 -]{1,60}";

    FetchOptions {
        into = into.toAbsolutePath().normalize();
        named = Map.copyOf(named);
        flags = Set.copyOf(flags);
    }

    /** Whether this is such a command line. */
    static boolean areMeant(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(VERB);
    }

    static FetchOptions parse(String... arguments) throws Refusal {
        Map<String, String> named = new TreeMap<>();
        List<String> backups = new ArrayList<>();
        Set<String> flags = new HashSet<>();
        Iterator<String> rest =
                Arrays.asList(arguments).subList(1, arguments.length).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            String name = word.startsWith("--") ? word.substring(2) : "";
            if (FLAGS.contains(name)) {
                flags.add(name);
            } else if (WITH_VALUE.contains(name)) {
                named.put(name, Options.value(word, rest));
            } else if (word.matches(NUMBER_OR_NAME)) {
                backups.add(word);
            } else {
                throw Options.usage("option.unknown", word.replaceFirst("(?s)=.*", "=…"));
            }
        }
        return of(named, backups, flags);
    }

    private static FetchOptions of(Map<String, String> named, List<String> backups, Set<String> flags) throws Refusal {
        String from = named.getOrDefault("from", "");
        if (from.isEmpty() && !flags.contains(HELP)) {
            throw Options.usage("fetch.fromMissing");
        }
        if (backups.size() > 1) {
            throw Options.usage("option.unknown", backups.get(1));
        }
        if (!named.getOrDefault(FINGERPRINT, "-").matches(FINGERPRINT_TYPED)) {
            throw Options.usage("fetch.notAFingerprint", named.get(FINGERPRINT));
        }
        Path into = Options.path("--into", named.getOrDefault("into", "."));
        return new FetchOptions(from, backups.stream().findFirst(), into, named, flags);
    }

    /** Whether only the help was asked for. */
    boolean help() {
        return flags.contains(HELP);
    }

    /** Whether a connection that others can read is allowed. */
    boolean cleartext() {
        return flags.contains(CLEARTEXT);
    }

    /** Whether the database alone is wanted. */
    boolean withoutFiles() {
        return flags.contains(WITHOUT_FILES);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(named.get(name));
    }
}
