/** A JDBC resource of a Jakarta EE server as the database of a till. */
package de.joecash.pos.jakarta.internal;
