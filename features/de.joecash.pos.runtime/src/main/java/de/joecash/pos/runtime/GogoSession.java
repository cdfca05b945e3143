package de.joecash.pos.runtime;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Runs commands in Gogo. By reflection: its package lives in a bundle, the launcher outside of all of them. */
final class GogoSession {
    /** {@code Converter.INSPECT}: an object as a shell shows it. */
    private static final int INSPECT = 0;

    private final BundleContext context;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /** @param in what commands read that ask for something */
    GogoSession(BundleContext context, InputStream in, PrintStream out, PrintStream err) {
        this.context = context;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs commands one by one and prints what they print and return.
     *
     * @throws Refusal with the words of the first that fails; none is run after it
     */
    void run(List<String> commands) throws Refusal {
        ServiceReference<?> processor = context.getServiceReference(Script.COMMAND_PROCESSOR);
        try {
            Class<?> type =
                    context.getService(processor).getClass().getClassLoader().loadClass(Script.COMMAND_PROCESSOR);
            try (AutoCloseable session = (AutoCloseable)
                    type.getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
                            .invoke(context.getService(processor), in, out, err)) {
                Class<?> sessionType =
                        type.getClassLoader().loadClass("org.apache.felix.service.command.CommandSession");
                for (String command : commands) {
                    Object result =
                            sessionType.getMethod("execute", CharSequence.class).invoke(session, command);
                    if (result != null) {
                        out.println(sessionType
                                .getMethod("format", Object.class, int.class)
                                .invoke(session, result, INSPECT));
                    }
                    out.flush();
                }
            }
        } catch (InvocationTargetException e) {
            throw failed(e.getCause());
        } catch (Exception e) {
            throw failed(e);
        }
    }

    private static Refusal failed(Throwable e) {
        String message = e.getMessage();
        return new Refusal(Refusal.FAILED, message == null || message.isBlank() ? e.toString() : message, e);
    }
}
