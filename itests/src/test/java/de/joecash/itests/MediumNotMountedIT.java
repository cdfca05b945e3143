package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.pos.settings.SettingsProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** A folder on the server's own disk is no medium, where the demo host's leniency is switched off. */
public class MediumNotMountedIT extends TillContainer {
    @Test
    public void refusesAFolderOnTheServersOwnDisk() throws Exception {
        service(ConfigurationAdmin.class)
                .getConfiguration("de.joecash.backup.destination.file", "?")
                .update(FrameworkUtil.asDictionary(Map.of("allowSameFileSystem", false)));
        Await.asserted(PATIENCE, () -> assertThat(services(
                        "(&(objectClass=" + DestinationProvider.class.getName() + ")(allowSameFileSystem=false))"))
                .hasSize(1));
        Path folder = Files.createDirectory(
                Path.of(context.getProperty("de.joecash.data")).resolve("usb0"));
        service(SettingsProvider.class).change(Map.of("01.1", "L", "01.2", folder.toString()));
        BackupService backups = service(BackupService.class);
        assertThat(outcome(backups.create(CreateRequest.manual("test")))).isInstanceOf(Outcome.Succeeded.class);

        Problem problem = ((Outcome.Failed) outcome(backups.send(Optional.empty()))).problem();

        assertThat(problem)
                .isEqualTo(new Problem.MediumRefused(folder.toString(), Problem.MediumRefused.Reason.NOT_MOUNTED));
        assertThat(problem.message(Locale.GERMAN))
                .startsWith("Medium nicht eingehängt: " + folder + " liegt auf der eigenen Festplatte des Servers."
                        + " Es wurde nichts kopiert; die Sicherungen auf dem Server sind unverändert."
                        + " Bitte stecken Sie das Medium in den Kassenserver");
        assertThat(problem.message(Locale.ENGLISH))
                .startsWith("Medium not mounted: " + folder + " lies on the server's own disk."
                        + " Nothing was copied; the backups on the server are unchanged."
                        + " Please plug the medium into the server");
        assertThat(folder).isEmptyDirectory();
        assertThat(List.copyOf(backups.transfers())).isEmpty();
    }

    private static Outcome outcome(Run run) throws Exception {
        return run.outcome().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
