package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import de.joecash.pos.reference.internal.DurableFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.osgi.framework.BundleContext;

/**
 * Which database a till is on: what the framework's properties ask for, and what the till remembers. A till keeps its
 * kind and its server; another one is another till.
 *
 * @param asked what was asked for by {@link #KIND}, {@link #URL}, {@link #USER} and {@link #PASSWORD_FILE}
 */
record DatabaseChoice(Map<String, String> asked) {
    static final String KIND = "de.joecash.database";
    static final String URL = "de.joecash.database.url";
    static final String USER = "de.joecash.database.user";
    static final String PASSWORD_FILE = "de.joecash.database.password-file";

    /** Tells this till's databases from those of all others. */
    private static final String TILL = "de.joecash.database.till";

    DatabaseChoice {
        asked = Map.copyOf(asked);
    }

    static DatabaseChoice of(BundleContext context) {
        Map<String, String> asked = new TreeMap<>();
        for (String property : new String[] {KIND, URL, USER, PASSWORD_FILE}) {
            String value = context.getProperty(property);
            if (value != null && !value.isBlank()) {
                asked.put(property, value);
            }
        }
        return new DatabaseChoice(asked);
    }

    /** Finds a till's databases, looks whether it can work on them, and remembers where they are. */
    Databases open(TillRecord record) throws IOException, TillRefusal {
        Map<String, String> known = read(record.serverFile());
        String kind = kind(record, known);
        if (kind.equals(H2Databases.KIND)) {
            if (asked.containsKey(URL)) {
                throw new TillRefusal("url.h2");
            }
            return new H2Databases(record.directory());
        }
        ServerUrl url = url(kind, record, known);
        Map<String, String> wanted = new TreeMap<>(known);
        wanted.putAll(asked);
        wanted.put(KIND, kind);
        wanted.putIfAbsent(TILL, UUID.randomUUID().toString());
        Credentials credentials = credentials(wanted);
        Server server = kind.equals(PostgreSql.KIND) ? new PostgreSql(url, credentials) : new MariaDb(url, credentials);
        ServerDatabases databases = new ServerDatabases(server, url, credentials, wanted.get(TILL));
        databases.check(record.pointer());
        if (!wanted.equals(known)) {
            write(record.serverFile(), wanted);
        }
        return databases;
    }

    private String kind(TillRecord record, Map<String, String> known) throws TillRefusal {
        String before = known.getOrDefault(KIND, H2Databases.KIND);
        String kind = asked.getOrDefault(KIND, before);
        if (record.begun() && !kind.equals(before)) {
            throw new TillRefusal("kind.other", before, kind);
        }
        if (!kind.equals(H2Databases.KIND) && !kind.equals(PostgreSql.KIND) && !kind.equals(MariaDb.KIND)) {
            throw new TillRefusal("kind.unknown", kind);
        }
        return kind;
    }

    private ServerUrl url(String kind, TillRecord record, Map<String, String> known) throws TillRefusal {
        Optional<ServerUrl> before = Optional.ofNullable(known.get(URL)).flatMap(ServerUrl::parse);
        if (!asked.containsKey(URL)) {
            return before.filter(url -> url.kind().equals(kind))
                    .orElseThrow(() -> new TillRefusal("url.missing", kind));
        }
        // What was asked for is not repeated: a wrong address may well have a password in it.
        ServerUrl url = ServerUrl.parse(asked.get(URL))
                .filter(one -> one.kind().equals(kind))
                .orElseThrow(() -> new TillRefusal("url.wrong", kind));
        if (record.begun() && before.isPresent() && !url.sameTill(before.get())) {
            throw new TillRefusal("url.other", before.get().text(), record.serverFile());
        }
        return url;
    }

    private static Credentials credentials(Map<String, String> wanted) throws TillRefusal {
        if (!wanted.containsKey(USER)) {
            throw new TillRefusal("user.missing");
        }
        if (!wanted.containsKey(PASSWORD_FILE)) {
            throw new TillRefusal("password.notNamed");
        }
        char[] password = PasswordFile.read(Path.of(wanted.get(PASSWORD_FILE)));
        try {
            return new Credentials(wanted.get(USER), password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(DurableFile.read(file).orElse("")));
        Map<String, String> known = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> known.put(name, Objects.requireNonNull(properties.getProperty(name))));
        return known;
    }

    private static void write(Path file, Map<String, String> wanted) throws IOException {
        Properties properties = new Properties();
        properties.putAll(wanted);
        StringWriter text = new StringWriter();
        properties.store(text, "Where the databases of this till are. The password is not here.");
        DurableFile.write(file, text.toString());
    }
}
