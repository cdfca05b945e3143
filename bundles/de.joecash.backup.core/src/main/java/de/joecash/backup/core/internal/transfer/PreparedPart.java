package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.archive.PackIndex;
import java.util.Optional;

/**
 * One archive as it is sent.
 *
 * @param archive what the note says of it
 * @param made whether what is stored lies in the outbox; else it is the archive in the backup folder
 * @param index what is stored; empty where its archive has none
 */
record PreparedPart(NotedArchive archive, boolean made, Optional<PackIndex> index) {}
