package de.joecash.backup.web.internal;

import de.joecash.backup.BackupException;

/**
 * What is answered at one path by one method.
 *
 * @param least who may ask
 * @param answer the answer
 */
record Endpoint(Role least, Answer answer) {
    /** Answers; what is only looked at has its query in the place of a body. */
    interface Answer {
        Reply to(String body, Reader reader) throws BackupException;
    }

    /** Answers in the reader's language, whoever he is. */
    interface InWords {
        Reply to(String body, Texts texts) throws BackupException;
    }

    static Endpoint of(Role least, InWords answer) {
        return new Endpoint(least, (body, reader) -> answer.to(body, reader.texts()));
    }
}
