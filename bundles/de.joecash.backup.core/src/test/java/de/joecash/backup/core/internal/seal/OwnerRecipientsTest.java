package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerRecipientsTest {
    @TempDir
    Path directory;

    @Test
    void eachSheetsPublicHalfIsKept() throws IOException {
        String first = Sealed.opener(Sealed.newIdentity()).recipient();
        String second = Sealed.opener(Sealed.newIdentity()).recipient();
        OwnerRecipients owner = new OwnerRecipients(directory);
        assertThat(owner.list().isEmpty()).isTrue();
        owner.add(first, Instant.EPOCH);
        owner.add(second, Instant.EPOCH);

        assertThat(new OwnerRecipients(directory).list().values()).containsExactly(first, second);
    }

    @Test
    void aDamagedFileIsRefusedRatherThanSealedToFewer() throws IOException {
        String recipient = Sealed.opener(Sealed.newIdentity()).recipient();
        Files.writeString(directory.resolve("recipients"), recipient + "\n" + recipient.substring(0, 30) + "\n");

        assertThatThrownBy(() -> new OwnerRecipients(directory).list())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Recipient 2");
    }
}
