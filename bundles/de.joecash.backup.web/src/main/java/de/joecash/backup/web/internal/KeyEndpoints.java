package de.joecash.backup.web.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupService;
import de.joecash.backup.Keys;
import de.joecash.backup.RecoverySheet;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.web.internal.Asks.FingerprintAsk;
import de.joecash.backup.web.internal.Asks.KeyAsk;
import de.joecash.backup.web.internal.Views.KeyCheckView;
import de.joecash.backup.web.internal.Views.KeysView;
import de.joecash.backup.web.internal.Views.RecipientView;
import de.joecash.backup.web.internal.Views.SheetView;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is asked about keys. A private half passes here twice: out on a sheet, once, and in when it is tried. */
final class KeyEndpoints {
    private final BackupService backups;

    KeyEndpoints(BackupService backups) {
        this.backups = backups;
    }

    Map<String, Endpoint> gets() {
        return Map.of("/keys", Endpoint.of(Role.ADMINISTRATOR, (body, texts) -> keys()));
    }

    Map<String, Endpoint> posts() {
        return Map.of(
                "/sheet", Endpoint.of(Role.ADMINISTRATOR, (body, texts) -> sheet()),
                "/check-key", Endpoint.of(Role.ADMINISTRATOR, this::checkKey),
                "/trust", Endpoint.of(Role.ADMINISTRATOR, this::trust));
    }

    private Reply keys() throws BackupException {
        Keys keys = backups.keys();
        return Reply.ok(new KeysView(
                keys.till(),
                keys.encrypted(),
                keys.recipients().stream()
                        .map(recipient -> new RecipientView(recipient.publicKey(), recipient.origin()))
                        .toList(),
                keys.trusted()));
    }

    /** The sheet is printed in both languages: nobody knows who has to read it. */
    private Reply sheet() throws BackupException {
        RecoverySheet sheet = backups.makeRecoverySheet();
        Map<String, Map<String, String>> words = new TreeMap<>();
        for (Locale locale : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            Texts texts = new Texts(locale);
            Map<String, String> own = new TreeMap<>(texts.all());
            own.keySet().removeIf(key -> !key.startsWith("sheet."));
            String made = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                    .withLocale(texts.locale())
                    .format(sheet.made());
            own.computeIfPresent("sheet.made", (key, text) -> text.replace("{0}", made));
            words.put(locale.getLanguage(), own);
        }
        return Reply.ok(new SheetView(
                sheet.groupedKey(),
                sheet.recipient(),
                sheet.fingerprint(),
                sheet.places(),
                sheet.code().svgPath(),
                sheet.code().svgSize(),
                words));
    }

    private Reply checkKey(String body, Texts texts) throws BackupException {
        Secret key = Asks.key(Asks.read(body, KeyAsk.class, texts).key())
                .orElseThrow(() -> new BackupException(Asks.invalid(texts, "key")));
        return Reply.ok(new KeyCheckView(backups.opens(key)));
    }

    private Reply trust(String body, Texts texts) throws BackupException {
        backups.trust(Asks.fingerprint(Asks.read(body, FingerprintAsk.class, texts), texts));
        return keys();
    }
}
