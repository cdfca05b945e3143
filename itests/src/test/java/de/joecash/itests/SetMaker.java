package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The vendor, who makes bundle sets by the command that is documented for him. */
public final class SetMaker {
    private final Path command;
    private final Path key;
    private final Path directory;

    /**
     * Opens his workshop.
     *
     * @param command the updater's jar
     * @param key his key's file
     * @param directory where sets and bundles go
     */
    public SetMaker(Path command, Path key, Path directory) {
        this.command = command;
        this.key = key;
        this.directory = directory;
    }

    /** Makes a key as OpenSSL would. */
    public static Path newKey(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                        + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** Makes a set of these bundles, by the names of their files. */
    public Path set(String name, Map<String, byte[]> bundles) throws IOException, InterruptedException {
        Path set = directory.resolve(name + ".zip");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                command.toString(),
                "make",
                set.toString(),
                name,
                "1.0",
                key.toString()));
        for (Map.Entry<String, byte[]> bundle : bundles.entrySet()) {
            words.add(Files.write(directory.resolve(bundle.getKey() + ".jar"), bundle.getValue())
                    .toString());
        }
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return set;
    }
}
