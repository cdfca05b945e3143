package de.joecash.pos.reference.internal.web;

/** Somebody who may log in. */
record User(String name, Role role) {}
