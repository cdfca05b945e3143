package de.joecash.backup.core.internal.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** The system's words for what went wrong on a disk; its exceptions often say no more than the path. */
public final class SystemWords {
    private SystemWords() {}

    /** Gives them. */
    public static String of(IOException e) {
        if (e instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        if (e instanceof EOFException) {
            return "it ends too early";
        }
        return e.getClass() == IOException.class
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }
}
