package de.joecash.backup.web.internal;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param body a view, a list of views, or a {@link Download}
 */
record Reply(int status, Object body) {
    static Reply ok(Object body) {
        return new Reply(200, body);
    }

    static Reply accepted(Object body) {
        return new Reply(202, body);
    }
}
