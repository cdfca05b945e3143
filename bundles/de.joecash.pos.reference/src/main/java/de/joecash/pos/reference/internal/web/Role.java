package de.joecash.pos.reference.internal.web;

/** What somebody may do. Each may do what those before may. Plug-ins ask by name: {@code isUserInRole("manager")}. */
enum Role {
    /** Sells, and sees. */
    CASHIER("cashier"),
    /** Runs the shop day by day. */
    MANAGER("manager"),
    /** Changes settings, and what cannot be undone. */
    ADMINISTRATOR("administrator");

    private final String name;

    Role(String name) {
        this.name = name;
    }

    /** Says whether who has this role may do what a role of that name may. */
    boolean includes(String asked) {
        for (Role role : values()) {
            if (role.name.equals(asked)) {
                return compareTo(role) >= 0;
            }
        }
        return false;
    }
}
