package de.joecash.pos.reference.internal.files;

import de.joecash.pos.files.KeptFolder;
import de.joecash.pos.reference.internal.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder {@code files} in the data directory; filled with made-up files when it is not there. */
@Component(service = KeptFolder.class, immediate = true)
public final class TillFolder implements KeptFolder {
    private static final Logger LOG = LoggerFactory.getLogger(TillFolder.class);
    private static final String NAME = "files";

    private final Path path;

    /**
     * Creates the folder where it is missing. Where that fails it is there all the same: a backup that says so is
     * better than one that lacks it.
     *
     * @param context of this bundle
     */
    @Activate
    public TillFolder(BundleContext context) {
        this(DataDirectory.of(context));
    }

    TillFolder(DataDirectory data) {
        path = data.root().resolve(NAME);
        if (Files.notExists(path)) {
            try {
                new MadeUpFiles(data.directory(NAME)).write();
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("The folder {} could not be filled: {}", path, e.toString());
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Path path() {
        return path;
    }
}
