package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** The recovery sheet as a page shows it, and what must not be left of its key anywhere. */
final class PrintedSheet {
    private PrintedSheet() {}

    static void assertOnePage(Page page) {
        byte[] pdf = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true).setPath(Path.of("target/sheet.pdf")));
        String raw = new String(pdf, StandardCharsets.ISO_8859_1);

        assertThat(Pattern.compile("/Type\\s*/Page\\b").matcher(raw).results().count())
                .as("pages")
                .isEqualTo(1);
        assertThat(raw).as("A4").containsPattern("/MediaBox\\s*\\[0 0 59[45][.\\d]* 84[12][.\\d]*]");
    }

    static String qrCode(Locator drawn) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(drawn.screenshot()));
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
    }

    static void assertKeyIsTried(Page page, String key) {
        for (String typed : List.of(key.toLowerCase(Locale.ROOT), key.substring(0, key.length() - 1))) {
            page.fill("#check-key", typed.replace('\n', ' '));
            page.click("#check-form button");
            page.waitForSelector("#checked .mark");
            assertThat(page.innerText("#checked"))
                    .contains(typed.length() == key.length() ? "Richtig: dieser Schlüssel" : "öffnet nichts");
            assertThat(page.inputValue("#check-key")).isEmpty();
        }
    }

    static void assertKeptNowhere(Path data, String key) throws IOException {
        String canary = key.replaceAll("\\s", "").substring(20, 50).toLowerCase(Locale.ROOT);
        List<Path> files = LiveFiles.below(data);
        files.add(data.resolveSibling(data.getFileName() + ".out"));
        for (Path file : files) {
            assertThat(content(file).toLowerCase(Locale.ROOT))
                    .as(file.toString())
                    .doesNotContain(canary);
        }
    }

    /** The host works on: what it has removed meanwhile holds nothing. */
    private static String content(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
