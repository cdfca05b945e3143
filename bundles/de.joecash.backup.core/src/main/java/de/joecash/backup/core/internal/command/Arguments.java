package de.joecash.backup.core.internal.command;

import de.joecash.backup.core.internal.archive.Codec;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.Effort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the command line says. Not thread-safe. */
final class Arguments {
    private final List<String> words = new ArrayList<>();
    private final List<Path> known = new ArrayList<>();
    private Optional<Path> reuse = Optional.empty();
    private Optional<Path> index = Optional.empty();
    private int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    private boolean yielding;
    private double pace = Double.POSITIVE_INFINITY;
    private Effort effort = Effort.keepUp();
    private Codec codec = Codecs.jdk();
    private boolean proof = true;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if one is not understood
     */
    Arguments(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                words.add(arguments[i]);
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            option(arguments[i], arguments[++i]);
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("What is to be done?");
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "--reuse" -> reuse = Optional.of(Path.of(value));
            case "--index" -> index = Optional.of(Path.of(value));
            case "--known" -> known.add(Path.of(value));
            case "--proof" -> proof = yes(name, value);
            case "--workers" -> {
                workers = Integer.parseInt(value);
                if (workers < 1) {
                    throw new IllegalArgumentException("No worker");
                }
            }
            case "--yield" -> yielding = yes(name, value);
            case "--pace" -> pace = Double.parseDouble(value) * 1e6;
            case "--level" -> effort = value.equals("auto") ? Effort.keepUp() : Effort.fixed(Integer.parseInt(value));
            case "--codec" -> codec = codec(value);
            default -> throw new IllegalArgumentException("Unknown: " + name);
        }
    }

    private static boolean yes(String name, String value) {
        return switch (value) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException(name + " is yes or no");
        };
    }

    private static Codec codec(String name) {
        return switch (name) {
            case "jdk" -> Codecs.jdk();
            case "auto" -> Codecs.fastest(System.err::println);
            default -> throw new IllegalArgumentException("No codec: " + name);
        };
    }

    String verb() {
        return words.get(0);
    }

    /**
     * Gives the file with this number, from 1.
     *
     * @throws IllegalArgumentException if there is none
     */
    Path file(int number) {
        if (number >= words.size()) {
            throw new IllegalArgumentException(verb() + " needs " + number + " files");
        }
        return Path.of(words.get(number));
    }

    /** Gives the files from this number on, at least one. */
    List<Path> filesFrom(int number) {
        file(number);
        return words.subList(number, words.size()).stream().map(Path::of).toList();
    }

    Path index() {
        return index.orElseThrow(() -> new IllegalArgumentException(verb() + " needs --index"));
    }

    Optional<Path> reuse() {
        return reuse;
    }

    List<Path> known() {
        return known;
    }

    int workers() {
        return workers;
    }

    boolean yielding() {
        return yielding;
    }

    /** Bytes a second. */
    double pace() {
        return pace;
    }

    Effort effort() {
        return effort;
    }

    Codec codec() {
        return codec;
    }

    boolean proof() {
        return proof;
    }
}
