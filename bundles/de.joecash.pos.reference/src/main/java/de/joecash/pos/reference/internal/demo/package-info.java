/** Stand-ins, so that a newcomer finds a data centre and a stick on one machine. */
package de.joecash.pos.reference.internal.demo;
