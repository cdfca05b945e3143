package de.joecash.pos.notification;

import java.util.Locale;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The host's way to the shop's people: its own pages, a message on the till, e-mail, the vendor's app. Registered by a
 * host that has one. Thread-safe.
 *
 * <pre>{@code
 * @Component
 * public final class Mail implements Notifier {
 *     public String way(Locale locale) { return "de".equals(locale.getLanguage()) ? "per E-Mail" : "by e-mail"; }
 *     public void deliver(Notification notification) throws NotificationException {
 *         try {
 *             server.send(owner, notification.title().apply(ownersLocale), notification.text().apply(ownersLocale));
 *         } catch (IOException e) {
 *             throw new NotificationException("the mail server does not answer", e);
 *         }
 *     }
 * }
 * }</pre>
 */
@ConsumerType
public interface Notifier {
    /**
     * Says how people are reached.
     *
     * @param locale the reader's
     * @return goes on after "You are notified" or stands in "Sie werden … benachrichtigt", without a full stop; plain
     *     text
     */
    String way(Locale locale);

    /**
     * Delivers a notification, or hands it to something that will. Takes a minute at most.
     *
     * @param notification what to say
     * @throws NotificationException if that cannot be done now; whoever called may try again later
     */
    void deliver(Notification notification) throws NotificationException;
}
