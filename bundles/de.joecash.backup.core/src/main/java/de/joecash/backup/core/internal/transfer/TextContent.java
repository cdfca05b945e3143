package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.spi.Destination;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A small text to be stored. */
final class TextContent implements Destination.Content {
    private final byte[] text;

    TextContent(byte[] text) {
        this.text = text.clone();
    }

    @Override
    public long bytes() {
        return text.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(text);
    }
}
