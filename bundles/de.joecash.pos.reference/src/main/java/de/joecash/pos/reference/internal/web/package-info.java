/**
 * The back office in a browser: login, menu and settings from plug-ins, the licence switch, the sales as they happen.
 */
package de.joecash.pos.reference.internal.web;
