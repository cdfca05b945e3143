package de.joecash.backup.destination.sftp.internal;

import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/**
 * Tells MINA that the JDK knows Ed25519 (since Java 15): of itself it looks for it in other libraries only. What it is
 * told stays in static fields of its own, which is one reason why it is inside of this bundle and not beside it.
 */
final class JdkSignatures extends AbstractSecurityProviderRegistrar {
    private static final String PROVIDER = "SunEC";
    private static final Set<Class<?>> KINDS = Set.of(KeyFactory.class, KeyPairGenerator.class, Signature.class);

    private JdkSignatures() {
        super(PROVIDER);
    }

    /** Tells it, before it is asked for anything else; a second call does nothing. */
    static synchronized void register() {
        if (!SecurityUtils.isProviderRegistered(PROVIDER)) {
            SecurityUtils.registerSecurityProvider(new JdkSignatures());
        }
    }

    @Override
    public boolean isSupported() {
        return getSecurityProvider() != null;
    }

    @Override
    public Provider getSecurityProvider() {
        return Security.getProvider(PROVIDER);
    }

    @Override
    public boolean isNamedProviderUsed() {
        return false;
    }

    @Override
    public boolean isSecurityEntitySupported(Class<?> kind, String algorithm) {
        return KINDS.contains(kind) && algorithm.equals(Ed25519.NAME);
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
        return Optional.of(new Ed25519());
    }
}
