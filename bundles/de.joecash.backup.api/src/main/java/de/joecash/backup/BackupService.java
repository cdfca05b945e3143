package de.joecash.backup;

import de.joecash.backup.spi.Secret;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes, keeps, proves, drills, sends and restores backups. The one OSGi service that front ends need. Thread-safe;
 * every method but {@link #listAt} and {@link #tryPlace} answers at once.
 *
 * <p>Create, verify, restore, drill and fetch are one at a time: a second create joins the one under way. What a person
 * asks for waits for the end of an automatic backup, one thing at most; anything else is refused with
 * {@link Problem.Busy}. A drill that came by itself ends when anything else is asked for, and is made later. Sending
 * has its own line and waits for none of them.
 *
 * <pre>{@code
 * Run run = backups.create(CreateRequest.manual("example"));
 * run.outcome().thenAccept(outcome -> {
 *     if (outcome instanceof Outcome.Failed failed) {
 *         show(failed.problem().message(locale));
 *     }
 * });
 * }</pre>
 */
@ProviderType
public interface BackupService {
    /**
     * Makes a backup of the live database. After a good one of kind {@link BackupKind#AUTOMATIC} it is queued for the
     * route that takes automatic backups, if there is one.
     *
     * @param request what for
     * @return the run, or the create run that it joins: a manual one a manual one, any other whatever is under way
     */
    Run create(CreateRequest request);

    /**
     * Lists the catalogue.
     *
     * @return every backup that has a manifest, good or damaged, newest first
     */
    List<Backup> list();

    /**
     * Finds a backup.
     *
     * @param id its name
     * @return empty if the catalogue does not hold it
     */
    Optional<Backup> find(BackupId id);

    /**
     * Says which of the backups that {@link #list} gave the next manual or automatic one will remove, by the configured
     * retention.
     *
     * @param listed all of them, in any order
     * @return their names, oldest first; what must be forgotten at a destination first may stay for longer
     */
    List<BackupId> goingNext(List<Backup> listed);

    /**
     * Says something about a backup, in the place of what was said before. It is on disk when this returns.
     *
     * @param id its name
     * @param remark what is said
     * @return the backup as it is now
     * @throws BackupException if there is no such backup, or that cannot be kept
     */
    Backup remark(BackupId id, Remark remark) throws BackupException;

    /**
     * Takes a person's word that the database lost nothing since a backup, or has everything back. The backup is kept
     * for ever by that; it, and what holds no more than it, stays for a loss no longer. Does nothing where nothing may
     * have been lost after it.
     *
     * @param shown what {@link Status#beforeLoss} named
     * @throws BackupException {@code UnknownBackup} if it is not here; {@code FolderUnusable} if the word cannot be
     *     written down, and then it was not said
     */
    void nothingLost(BackupId shown) throws BackupException;

    /**
     * Says what was backed up on which day: this till's good backups that are still here, but for safety ones.
     *
     * @param days how many days are looked back, at least 1
     * @return one entry a day up to today in the shop's zone, oldest first, beginning with the first day of a backup
     */
    List<SavedDay> lastDays(int days);

    /**
     * Opens the archive of a backup's database as it lies in the backup folder: a standard gzip file of as many bytes
     * as the manifest says, in the clear. It can be read to its end even where the backup is removed meanwhile.
     *
     * @param id its name
     * @return to be closed by the caller; reading it compares nothing, see {@link #verify}
     * @throws BackupException if there is no such backup, it is damaged, or its archive cannot be opened
     */
    InputStream archive(BackupId id) throws BackupException;

    /**
     * Reads a backup back whole and compares every digest with the manifest.
     *
     * @param id its name
     * @return the run
     */
    Run verify(BackupId id);

    /**
     * Restores a backup: verifies it, makes a safety backup of the live database, loads a side database, compares its
     * contents with the manifest, and only then puts it in place. Where anything fails, the old database stays.
     *
     * @param id its name
     * @param into another, empty database in the source's own notation; there is no safety backup then, and the live
     *     database is not touched; or empty for the live database, which another till's backup does not replace
     * @return the run
     */
    Run restore(BackupId id, Optional<String> into);

    /**
     * Restores a backup in the live database's place, of whichever till it is: for a machine that takes another one's
     * place under a name of its own, or a till that was renamed.
     *
     * @param id its name
     * @return the run
     */
    Run adopt(BackupId id);

    /**
     * Restores the database of a backup alone and leaves the till's folders as they are, for one whose kept files are
     * damaged or lost ({@link Problem.FilesDamaged}). In everything else as {@link #restore}, or as {@link #adopt}.
     *
     * @param id its name
     * @param into as for {@link #restore}
     * @param anyTills whether another till's backup may replace the live database
     * @return the run
     */
    Run restoreDatabase(BackupId id, Optional<String> into, boolean anyTills);

    /**
     * Rehearses a restore: verifies a backup, loads it into a scratch database beside the live one, compares its
     * contents with the manifest there, asks the host about its books, and throws it away. The live database is never
     * held and never changed. The result is kept with the backup; a drill that could not be made leaves none, see
     * {@link DrillResult#condemns}.
     *
     * @param id its name, or empty for the newest good backup of the live database
     * @return the run
     */
    Run drill(Optional<BackupId> id);

    /**
     * Sends a backup out of the shop, whereto the routes say for a manual one ("Backup an FTP").
     *
     * @param id its name, or empty for the newest good manual one
     * @return the first attempt; where its problem is passing, the backup waits in the queue and is tried again
     */
    Run send(Optional<BackupId> id);

    /**
     * As {@link #send}, and sends all of the backup, whatever parts of it earlier transfers have left there: what is
     * sent needs nothing that was there before. A transfer of it that is under way goes on as it began.
     *
     * @param id as there
     * @return as there
     */
    Run sendFull(Optional<BackupId> id);

    /**
     * Lists the queue.
     *
     * @return oldest first
     */
    List<Transfer> transfers();

    /**
     * Lists the places that backups may be fetched from.
     *
     * @return places that copies were sent to or routes lead to; never gated
     */
    List<Place> places();

    /**
     * Lists the backups at a place. Blocks while it asks there.
     *
     * @param place where
     * @return what was found there, newest first, also what is not to be used: it says why
     * @throws BackupException if the place cannot be asked
     */
    List<RemoteBackup> listAt(Place place) throws BackupException;

    /**
     * Tries a place: connects, stores a small file, reads it back, compares it and removes it. Blocks while it does; no
     * run, and nothing that a backup or a transfer waits for.
     *
     * @param place where
     * @return how far it came
     */
    PlaceTrial tryPlace(Place place);

    /**
     * Ends the trials of a place that are under way, whoever asked for them: each shows {@link Problem.Cancelled}.
     *
     * @param place where
     * @return whether there was one
     */
    boolean cancelTrial(Place place);

    /**
     * Fetches a backup from a place into the catalogue, where it is verified like any other.
     *
     * @param place where from
     * @param id its name
     * @param key opens what is encrypted there: the one on the recovery sheet, or the vendor's; without it
     *     {@link Problem.KeyMissing} where one is needed; {@link Problem.KeyMistyped} where what is given is none
     * @return the run
     */
    Run fetch(Place place, BackupId id, Optional<Secret> key);

    /**
     * Fetches the database of a backup alone, where its kept files are damaged or lost at that place. In the catalogue
     * it is damaged then ({@link Problem.FilesDamaged}), and no copy; {@link #restoreDatabase} restores it.
     *
     * @param place as for {@link #fetch}
     * @param id as there
     * @param key as there
     * @return the run
     */
    Run fetchDatabase(Place place, BackupId id, Optional<Secret> key);

    /**
     * Gives the create, verify, restore, drill or fetch run under way.
     *
     * @return empty if there is none
     */
    Optional<Run> current();

    /**
     * Cancels a run, or takes an entry out of the transfer queue; that backup is not queued again by itself before the
     * next start.
     *
     * @param id of a {@link Run} or a {@link Transfer}
     * @return whether there was one of that id
     */
    boolean cancel(String id);

    /**
     * Pauses a create, verify or drill run; its progress says {@link Phase#PAUSED} meanwhile, and cancelling it ends it
     * at once. As a backup holds a snapshot of the database open, a run that has been paused for ten minutes, all its
     * pauses together, goes on by itself and is paused no more.
     *
     * <p>An entry of the transfer queue is held up until it is resumed, over restarts too; an attempt under way ends,
     * and what it sent is gone on with where the destination can.
     *
     * @param id of a {@link Run} or a {@link Transfer}
     * @return whether it is paused now; not where there is none of that id, or it must not be held up
     */
    boolean pause(String id);

    /**
     * Lets a paused run go on, or an entry of the transfer queue be tried at once, whatever it waits for but its route.
     *
     * @param id of a {@link Run} or a {@link Transfer}
     * @return whether the run was paused, or there is such an entry that is not being sent
     */
    boolean resume(String id);

    /**
     * Says how safe the data is.
     *
     * @return the state at this instant
     */
    Status status();

    /**
     * Says who signs here, whose signatures are trusted, and who can open what is sent.
     *
     * @return the keys at this instant, public halves only
     * @throws BackupException if they cannot be read
     */
    Keys keys() throws BackupException;

    /**
     * Makes a key pair for the owner: what is sent from now on is encrypted to its public half as well, and its private
     * half is in the sheet that is returned, and nowhere else. Each call makes another; those that were made before
     * stay good.
     *
     * @return to be shown once
     * @throws BackupException if the public half cannot be kept; then there is no such key
     */
    RecoverySheet makeRecoverySheet() throws BackupException;

    /**
     * Says whether a key opens what is encrypted from now on.
     *
     * @param key as it was typed: case, blanks, hyphens and line breaks do not matter
     * @return false also where it is mistyped, or is none
     * @throws BackupException if the recipients cannot be read
     */
    boolean opens(Secret key) throws BackupException;

    /**
     * Takes what another till signed for true from now on, so that its backups can be fetched and restored here. A
     * person has compared the fingerprint with the one on that till's recovery sheet.
     *
     * @param fingerprint as {@link Problem.SignerUnknown} names it, all of it; case, blanks and hyphens do not matter
     * @throws BackupException {@code InvalidInput} if it is none; or if that cannot be kept
     */
    void trust(String fingerprint) throws BackupException;
}
