package de.joecash.backup.web.internal;

import de.joecash.backup.web.internal.Views.ProblemView;

/** What is refused before the backup service is asked. The words stand in the texts under {@code error.<name>}. */
enum Refusal {
    /** The request comes from another site, or from a page that is not ours. */
    FOREIGN(403),
    /** It is for managers. */
    MANAGER(403),
    /** It is for administrators. */
    ADMINISTRATOR(403),
    /** There is nothing of that name. */
    NOT_FOUND(404),
    /** It is there, but not to be used in that way. */
    METHOD(405),
    /** The request is too long. */
    TOO_LARGE(413),
    /** The request is not JSON. */
    NOT_JSON(415),
    /** It went wrong inside. */
    FAULT(500),
    /** Nobody is told by himself at present: the host does not let us, or too many listen. */
    NO_STREAM(503);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    static Refusal forRole(Role least) {
        return least == Role.ADMINISTRATOR ? ADMINISTRATOR : MANAGER;
    }

    Reply reply(Texts texts) {
        String key = "error." + name();
        return new Reply(
                status,
                new ProblemView(
                        name(),
                        texts.get(key + ".cause"),
                        texts.get(key + ".data"),
                        texts.get(key + ".next"),
                        false,
                        null));
    }
}
