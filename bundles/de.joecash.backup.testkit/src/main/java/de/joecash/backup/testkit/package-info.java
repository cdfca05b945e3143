/** Contract suites and in-memory fakes for the SPIs; never shipped. */
package de.joecash.backup.testkit;
