/** Tests of the whole: of the architecture, of a running framework, of the runnable jar. */
package de.joecash.itests;
