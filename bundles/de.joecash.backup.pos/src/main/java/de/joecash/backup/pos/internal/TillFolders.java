package de.joecash.backup.pos.internal;

import de.joecash.backup.spi.KeptFolders;
import de.joecash.pos.files.KeptFolder;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The folders that the till wants kept, for the core. */
@Component
public final class TillFolders implements KeptFolders {
    // Not final: folders come and go while this stays.
    @Reference(policy = ReferencePolicy.DYNAMIC)
    private volatile List<KeptFolder> kept = List.of();

    /** Begins with what is there. */
    @Activate
    public TillFolders() {}

    TillFolders(List<KeptFolder> kept) {
        this.kept = List.copyOf(kept);
    }

    @Override
    public List<Folder> folders() {
        return kept.stream()
                .map(folder -> new Folder(folder.name(), folder.path()))
                .toList();
    }
}
