package de.joecash.pos.reference.internal.licence;

import de.joecash.pos.reference.internal.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grants as they are kept: a line each. */
record LicenceFile(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(LicenceFile.class);

    /** Gives what is kept; empty where nothing ever was. A line that was damaged grants nothing. */
    Optional<List<Grant>> read() throws IOException {
        return DurableFile.read(file)
                .map(text -> text.lines().flatMap(line -> parse(line).stream()).toList());
    }

    private static Optional<Grant> parse(String line) {
        try {
            return Optional.of(Grant.parse(line));
        } catch (IllegalArgumentException e) {
            LOG.warn("A line of the licences is damaged and grants nothing: {}", e.getMessage());
            return Optional.empty();
        }
    }

    void write(Collection<Grant> grants) throws IOException {
        DurableFile.write(
                file, grants.stream().map(grant -> grant.line() + "\n").collect(Collectors.joining()));
    }
}
