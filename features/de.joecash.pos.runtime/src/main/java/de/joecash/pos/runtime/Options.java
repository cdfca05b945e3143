package de.joecash.pos.runtime;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param data the data directory, absolute
 * @param port of the back office on 127.0.0.1; 0 for any free one
 * @param receipts how many receipts a new till is seeded with
 * @param script Gogo commands to run instead of staying up
 * @param database which database the till is to be on
 * @param help whether only the help was asked for
 */
record Options(Path data, int port, int receipts, Optional<String> script, DatabaseOptions database, boolean help) {
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_RECEIPTS = 50_000;
    private static final int MAX_RECEIPTS = 100_000_000;

    Options {
        data = data.toAbsolutePath().normalize();
        Objects.requireNonNull(script, "script");
    }

    static Options parse(String... arguments) throws Refusal {
        Path data = Path.of("joecash-data");
        Optional<Integer> port = Optional.empty();
        int receipts = DEFAULT_RECEIPTS;
        Optional<String> script = Optional.empty();
        DatabaseOptions database = DatabaseOptions.NONE;
        boolean help = false;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--help" -> help = true;
                case "--data" -> data = path(option, value(option, rest));
                case "--port" -> port = Optional.of(number(option, value(option, rest), 65_535));
                case "--receipts" -> receipts = number(option, value(option, rest), MAX_RECEIPTS);
                case "--exec" -> script = Optional.of(value(option, rest));
                case "--database" -> database = database.withKind(kind(option, value(option, rest)));
                case "--database-url" -> database = database.withUrl(value(option, rest));
                case "--database-user" -> database = database.withUser(value(option, rest));
                case "--database-password-file" ->
                    database = database.withPasswordFile(path(option, value(option, rest)));
                default -> throw usage("option.unknown", option.replaceFirst("(?s)=.*", "=…"));
            }
        }
        int fallback = script.isPresent() ? 0 : DEFAULT_PORT;
        return new Options(data, port.orElse(fallback), receipts, script, database, help);
    }

    static String value(String option, Iterator<String> rest) throws Refusal {
        if (!rest.hasNext()) {
            throw usage("option.valueMissing", option);
        }
        String value = rest.next();
        if (value.isBlank() || value.startsWith("--")) {
            throw usage("option.valueMissing", option);
        }
        return value;
    }

    private static String kind(String option, String value) throws Refusal {
        if (DatabaseOptions.KINDS.contains(value)) {
            return value;
        }
        throw usage("option.notADatabase", option, value);
    }

    static Path path(String option, String value) throws Refusal {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw usage("option.notAPath", option, value);
        }
    }

    private static int number(String option, String value, int max) throws Refusal {
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number <= max) {
                return number;
            }
        }
        throw usage("option.notANumber", option, value, max);
    }

    static Refusal usage(String key, Object... arguments) {
        return new Refusal(Refusal.USAGE, Texts.text(key, arguments) + " " + Texts.text("option.seeHelp"));
    }
}
