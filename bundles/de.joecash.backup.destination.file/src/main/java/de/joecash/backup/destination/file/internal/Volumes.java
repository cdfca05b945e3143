package de.joecash.backup.destination.file.internal;

import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that lies on a medium in volumes: {@code NAME.001}, {@code NAME.002} …, which {@code cat} joins, and
 * {@code NAME.sha256}, the list of them that {@code sha256sum -c} reads. The list is put last and taken away first:
 * without it, and all that it names, the file is not there.
 *
 * @param file as it would lie there in one piece
 */
record Volumes(Path file) {
    /** More do not have a number of three digits. */
    static final int MOST = 999;

    private static final String LIST = ".sha256";
    private static final int LONGEST_LIST = MOST * 256;
    /** Two blanks between them: coreutils' {@code sha256sum}, a line without escapes. */
    private static final Pattern LINE = Pattern.compile("[0-9a-f]{64} {2}(.+)");

    private static final String COMMENT = "#";

    /** What is there of a file in volumes. */
    record There(List<Path> volumes, long bytes) {}

    Path list() {
        return file.resolveSibling(file.getFileName() + LIST);
    }

    /** Names one, counted from 1. */
    Path volume(int number) {
        return file.resolveSibling(String.format(Locale.ROOT, "%s.%03d", file.getFileName(), number));
    }

    /**
     * Puts files in the place of the volumes that they lie in.
     *
     * @param lengths of what lies in a folder, by name
     */
    static void join(Path folder, Map<String, Long> lengths) throws IOException {
        for (String name : List.copyOf(lengths.keySet())) {
            String file = name.endsWith(LIST) ? name.substring(0, name.length() - LIST.length()) : "";
            if (file.matches(Destination.NAME)) {
                new Volumes(folder.resolve(file)).joinInto(lengths);
            }
        }
    }

    private void joinInto(Map<String, Long> lengths) throws IOException {
        Optional<There> there = there();
        if (there.isPresent()) {
            lengths.remove(list().getFileName().toString());
            there.get()
                    .volumes()
                    .forEach(volume -> lengths.remove(volume.getFileName().toString()));
            lengths.putIfAbsent(file.getFileName().toString(), there.get().bytes());
        }
    }

    /** Looks; empty where there is no list of ours, or a volume of it is missing. */
    Optional<There> there() throws IOException {
        List<Path> volumes = listed();
        long bytes = 0;
        for (Path volume : volumes) {
            if (!Files.isRegularFile(volume, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            bytes += Files.size(volume);
        }
        return volumes.isEmpty() ? Optional.empty() : Optional.of(new There(volumes, bytes));
    }

    /** Takes all of it away, also volumes that no list names. */
    void delete() throws IOException {
        int listed = listed().size();
        if (listed > 0) {
            Files.delete(list());
            Sync.directory(file.getParent());
        }
        for (int number = 1; number <= MOST; number++) {
            if (Files.isRegularFile(volume(number), LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(volume(number));
            } else if (number > listed) {
                break;
            }
        }
    }

    /**
     * Writes the list.
     *
     * @param digests SHA-256 of each
     */
    byte[] text(List<byte[]> digests, long bytes) {
        String name = file.getFileName().toString();
        StringBuilder text = new StringBuilder(COMMENT)
                .append(String.format(
                        Locale.ROOT,
                        " %d bytes; sha256sum -c %s; cat %s.[0-9]?? > %s\n",
                        bytes,
                        name + LIST,
                        name,
                        name));
        for (int i = 0; i < digests.size(); i++) {
            text.append(HexFormat.of().formatHex(digests.get(i)))
                    .append("  ")
                    .append(volume(i + 1).getFileName())
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Joins them. */
    static InputStream open(There there, long offset) throws IOException {
        return new JoinedInput(there.volumes(), offset);
    }

    /** None where the list is not there, or somebody else's. */
    private List<Path> listed() throws IOException {
        if (!Files.isRegularFile(list(), LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        byte[] text;
        try (InputStream in = Files.newInputStream(list(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            text = in.readNBytes(LONGEST_LIST);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<Path> volumes = new ArrayList<>();
        for (String line : new String(text, StandardCharsets.ISO_8859_1).lines().toList()) {
            if (line.startsWith(COMMENT)) {
                continue;
            }
            Matcher entry = LINE.matcher(line);
            Path volume = volume(volumes.size() + 1);
            if (!entry.matches() || !entry.group(1).equals(volume.getFileName().toString())) {
                return List.of();
            }
            volumes.add(volume);
        }
        return volumes.size() > MOST ? List.of() : volumes;
    }
}
