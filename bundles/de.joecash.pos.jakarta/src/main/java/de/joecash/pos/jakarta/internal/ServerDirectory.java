package de.joecash.pos.jakarta.internal;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The server's JNDI, for threads that are not the server's own. A resource that is looked up for the first time is made
 * then, and GlassFish finds the classes for that by the thread's class loader: meanwhile it is that of the server's own
 * context.
 */
final class ServerDirectory implements JndiDataSource.Directory {
    /** Names nothing itself; gives what the server has for all. */
    private static final class Names extends InitialContext {
        Names() throws NamingException {}

        Context server() throws NamingException {
            return getDefaultInitCtx();
        }
    }

    /** The name is the administrator's own. */
    @Override
    @SuppressWarnings("BanJNDI")
    public Object lookup(String name) throws NamingException {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        Names names = new Names();
        try {
            ClassLoader servers = names.server().getClass().getClassLoader();
            if (servers != null) {
                thread.setContextClassLoader(servers);
            }
            return names.lookup(name);
        } finally {
            thread.setContextClassLoader(own);
            names.close();
        }
    }
}
