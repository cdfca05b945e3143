package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupId;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a stored file at a place, {@code <id>.sql[.pack].gz[.age]} or {@code <id>.files.tar[.pack].gz[.age]};
 * with {@code .2}, {@code .3} … behind the id where that name was taken there already: what is sealed again has other
 * bytes, and what lies there may be what later packs rest on.
 *
 * @param backup the backup that it was stored for
 * @param kind of which archive it holds members
 * @param form how it holds them
 * @param sealed whether it is sealed
 * @param round 1 for the first of its kind and form, up to {@link #MOST_ROUNDS}
 */
record PartName(BackupId backup, BackupArchive.Kind kind, Form form, boolean sealed, int round) {
    /** The highest round. */
    static final int MOST_ROUNDS = 999;

    private static final Pattern ID_AND_ROUND = Pattern.compile("([^.]+)(?:\\.([2-9]|[1-9][0-9]{1,2}))?(\\.[a-z].*)");

    /** The first of its kind and form. */
    PartName(BackupId backup, BackupArchive.Kind kind, Form form, boolean sealed) {
        this(backup, kind, form, sealed, 1);
    }

    /** That of the next round. */
    PartName next() {
        return new PartName(backup, kind, form, sealed, round + 1);
    }

    /** What the name of a sealed file ends in. */
    static final String SEALED = ".age";

    /** The name itself. */
    String value() {
        return backup.value() + (round == 1 ? "" : "." + round) + ending();
    }

    private String ending() {
        return kind.contentEnding() + form.ending() + ".gz" + (sealed ? SEALED : "");
    }

    /** Reads a name; empty where it is none of ours. */
    static Optional<PartName> parse(String name) {
        Matcher parts = ID_AND_ROUND.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int round = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
        BackupId backup;
        try {
            backup = new BackupId(parts.group(1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        for (BackupArchive.Kind kind : BackupArchive.Kind.values()) {
            for (Form form : Form.values()) {
                for (boolean sealed : new boolean[] {false, true}) {
                    PartName candidate = new PartName(backup, kind, form, sealed, round);
                    if (candidate.value().equals(name)) {
                        return Optional.of(candidate);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
