package de.joecash.backup.web.internal;

import java.util.function.Predicate;

/** What somebody may do on the pages. Each may do what those before may. */
enum Role {
    /** Sees. Everybody whom the host lets in. */
    CASHIER,
    /** Backs up, sends, verifies, drills. */
    MANAGER,
    /** Sets, restores, fetches, and makes keys. */
    ADMINISTRATOR;

    /**
     * Takes the highest that the host says.
     *
     * @param inRole whether the user has the role of a name: {@code manager} or {@code administrator}
     */
    static Role of(Predicate<String> inRole) {
        if (inRole.test("administrator")) {
            return ADMINISTRATOR;
        }
        return inRole.test("manager") ? MANAGER : CASHIER;
    }

    boolean includes(Role least) {
        return compareTo(least) >= 0;
    }
}
