package de.joecash.backup.core.internal.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive as it lies somewhere: in one file, or, as on a medium whose format does not hold it in one piece, in
 * volumes {@code NAME.001}, {@code NAME.002} …, which are its bytes one behind the other.
 *
 * @param file its name in one piece
 */
record StoredArchive(Path file) {
    private static final String FIRST = ".001";

    /** The name of the first volume means all of them. */
    StoredArchive {
        String name = file.getFileName().toString();
        if (name.endsWith(".gz" + FIRST)) {
            file = file.resolveSibling(name.substring(0, name.length() - FIRST.length()));
        }
    }

    /**
     * Opens it at its beginning. Whether the last volume is missing, only what should be in there tells.
     *
     * @throws NoSuchFileException if it is not there, or another volume is missing
     */
    InputStream open() throws IOException {
        int volumes = Files.exists(file) ? 0 : volumes();
        if (volumes == 0) {
            return Files.newInputStream(file);
        }
        List<InputStream> opened = new ArrayList<>();
        for (int number = 1; number <= volumes; number++) {
            opened.add(Files.newInputStream(volume(number)));
        }
        return new SequenceInputStream(Collections.enumeration(opened));
    }

    /** Whether something of it is there. */
    boolean exists() throws IOException {
        return Files.exists(file) || (Files.isDirectory(directory()) && volumes() > 0);
    }

    private Path directory() {
        return file.toAbsolutePath().getParent();
    }

    private int volumes() throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(file.getFileName().toString()) + "\\.([0-9]{3})");
        int volumes = 0;
        try (DirectoryStream<Path> there = Files.newDirectoryStream(directory())) {
            for (Path one : there) {
                Matcher volume = name.matcher(one.getFileName().toString());
                volumes = volume.matches() ? Math.max(volumes, Integer.parseInt(volume.group(1))) : volumes;
            }
        }
        return volumes;
    }

    private Path volume(int number) {
        return file.resolveSibling(String.format(Locale.ROOT, "%s.%03d", file.getFileName(), number));
    }
}
