package de.joecash.backup.update.internal.set;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file beside a set's list: the key that signed it and the Ed25519 signature of all its bytes, in the lines that
 * end a backup's manifest, so in one form and one length.
 */
public final class ListSignature {
    private static final Pattern TEXT = Pattern.compile(
            "\\{\n  \"publicKey\": \"([A-Za-z0-9+/]{59}=)\",\n  \"signature\": \"([A-Za-z0-9+/]{86}==)\"\n}\n");

    /** How long the file is. */
    static final int BYTES = new String(write("A".repeat(60), "A".repeat(88)), StandardCharsets.US_ASCII).length();

    private ListSignature() {}

    /** Writes the file. */
    public static byte[] write(VendorKey key, byte[] signature) {
        return write(key.toString(), Base64.getEncoder().encodeToString(signature));
    }

    private static byte[] write(String key, String signature) {
        return ("{\n  \"publicKey\": \"" + key + "\",\n  \"signature\": \"" + signature + "\"\n}\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Proves a list.
     *
     * @param file the signature's file
     * @param list all its bytes
     * @param keys that are believed
     * @throws SetRefused {@link Refusal#NOT_A_SET}, {@link Refusal#KEY_UNKNOWN} or {@link Refusal#SIGNATURE_WRONG}
     */
    static void prove(byte[] file, byte[] list, List<VendorKey> keys) throws SetRefused {
        Matcher text = TEXT.matcher(new String(file, StandardCharsets.ISO_8859_1));
        if (!text.matches()) {
            throw new SetRefused(Refusal.NOT_A_SET, SetFile.SIGNATURE);
        }
        VendorKey signer = VendorKey.parse(text.group(1))
                .filter(keys::contains)
                .orElseThrow(() -> new SetRefused(Refusal.KEY_UNKNOWN, text.group(1)));
        if (!signer.verifies(list, Base64.getDecoder().decode(text.group(2)))) {
            throw new SetRefused(Refusal.SIGNATURE_WRONG);
        }
    }
}
