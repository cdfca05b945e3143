package de.joecash.itests.process;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a host stops, so that a test kills it right there, each time: it is started as by a debugger (JDI), and the
 * thread that comes to the point stays there, while all others go on.
 */
final class Breakpoint {
    private static final String CONNECTOR = "com.sun.jdi.SocketListen";
    private static final Duration TO_START = Duration.ofMinutes(4);

    private final List<Step> steps;
    private final ListeningConnector connector;
    private final Map<String, Connector.Argument> arguments;
    private final String address;
    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    /**
     * The beginning of a method.
     *
     * @param type the class's full name
     * @param method its name, and its descriptor (JVMS 4.3.3) where there are several, such as {@code read([BII)I}
     * @param time which time that it is called, counted from the step before
     */
    record Step(String type, String method, int time) {
        static Step into(String type, String method) {
            return new Step(type, method, 1);
        }

        private boolean is(Method candidate) {
            return method.equals(candidate.name()) || method.equals(candidate.name() + candidate.signature());
        }
    }

    private Breakpoint(List<Step> steps) throws IOException, IllegalConnectorArgumentsException {
        this.steps = steps;
        connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(one -> one.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow();
        arguments = connector.defaultArguments();
        arguments.get("port").setValue("0");
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("timeout").setValue(Long.toString(TO_START.toMillis()));
        address = connector.startListening(arguments);
    }

    /** Listens for a host, which is to stop where it comes to the last of these steps, taken one after the other. */
    static Breakpoint at(Step... steps) throws IOException, IllegalConnectorArgumentsException {
        Breakpoint point = new Breakpoint(List.of(steps));
        Thread thread = new Thread(point::follow, "breakpoint");
        thread.setDaemon(true);
        thread.start();
        return point;
    }

    /** What the host's environment must hold. */
    Map<String, String> environment() {
        return Map.of("JDK_JAVA_OPTIONS", "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address);
    }

    /** Waits until the host is there; fails where it ends before. */
    void await(Duration patience) throws InterruptedException {
        try {
            reached.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("It never came to " + steps, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("Not within " + patience + ": " + steps, e);
        }
    }

    private void follow() {
        try {
            VirtualMachine host = connector.accept(arguments);
            // It stands still until this is answered.
            EventSet standing = host.eventQueue().remove();
            for (Step step : steps) {
                standing = next(host, step, standing);
            }
            reached.complete(null);
        } catch (IOException
                | IllegalConnectorArgumentsException
                | InterruptedException
                | RuntimeException
                | AssertionError e) {
            reached.completeExceptionally(e);
        } finally {
            stopListening();
        }
    }

    private void stopListening() {
        try {
            connector.stopListening(arguments);
        } catch (IOException | IllegalConnectorArgumentsException e) {
            reached.completeExceptionally(e);
        }
    }

    /** Lets the host go on, and returns when it stands there. */
    private static EventSet next(VirtualMachine host, Step step, EventSet standing) throws InterruptedException {
        ClassPrepareRequest prepared = host.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(step.type);
        prepared.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        prepared.enable();
        host.classesByName(step.type).forEach(loaded -> set(loaded, step));
        for (EventSet events = standing; ; ) {
            events.resume();
            events = host.eventQueue().remove();
            for (Event event : events) {
                if (event instanceof BreakpointEvent) {
                    host.eventRequestManager().deleteEventRequest(prepared);
                    return events;
                }
                if (event instanceof ClassPrepareEvent loaded) {
                    set(loaded.referenceType(), step);
                }
            }
        }
    }

    private static void set(ReferenceType type, Step step) {
        List<Method> methods = type.methods().stream().filter(step::is).toList();
        if (methods.size() != 1) {
            throw new AssertionError(step + ": " + methods);
        }
        BreakpointRequest request = type.virtualMachine()
                .eventRequestManager()
                .createBreakpointRequest(methods.get(0).location());
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.addCountFilter(step.time);
        request.enable();
    }
}
