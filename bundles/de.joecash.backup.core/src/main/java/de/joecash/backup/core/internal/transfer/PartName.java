package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupId;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import java.util.Optional;

/**
 * The name of a stored file at a place, {@code <id>.sql[.pack].gz[.age]} or {@code <id>.files.tar[.pack].gz[.age]}.
 *
 * @param backup the backup that it was stored for
 * @param kind of which archive it holds members
 * @param form how it holds them
 * @param sealed whether it is sealed
 */
record PartName(BackupId backup, BackupArchive.Kind kind, Form form, boolean sealed) {
    /** What the name of a sealed file ends in. */
    static final String SEALED = ".age";

    /** The name itself. */
    String value() {
        return backup.value() + ending();
    }

    private String ending() {
        return kind.contentEnding() + form.ending() + ".gz" + (sealed ? SEALED : "");
    }

    /** Reads a name; empty where it is none of ours. */
    static Optional<PartName> parse(String name) {
        int end = name.indexOf('.');
        if (end < 0) {
            return Optional.empty();
        }
        BackupId backup;
        try {
            backup = new BackupId(name.substring(0, end));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        for (BackupArchive.Kind kind : BackupArchive.Kind.values()) {
            for (Form form : Form.values()) {
                for (boolean sealed : new boolean[] {false, true}) {
                    PartName candidate = new PartName(backup, kind, form, sealed);
                    if (candidate.value().equals(name)) {
                        return Optional.of(candidate);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
