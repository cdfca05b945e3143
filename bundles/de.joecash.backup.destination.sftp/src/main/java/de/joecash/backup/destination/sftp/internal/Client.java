package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.threads.SshThreadPoolExecutor;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;

/**
 * MINA's client as we want it: what the configuration says and nothing that it finds in the user's home, current
 * algorithms, threads that bear our name and end with it.
 */
final class Client {
    /** What was wrong with the host key of a session. */
    static final AttributeKey<BackupException> HOST_KEY_REFUSED = new AttributeKey<>();

    /** SHA-1, DSS and CBC have had their day; a certificate is no key that could be pinned. */
    private static final List<String> OUTDATED =
            List.of("sha1", "md5", "-cbc", "3des", "arcfour", "ssh-dss", "-cert-", "-group1-");

    /** The name of RSA signatures by SHA-1 (RFC 4253, section 6.6); those by SHA-2 have others (RFC 8332). */
    private static final String RSA_BY_SHA1 = "ssh-rsa";

    private static final int THREADS = 2;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private Client() {}

    /** Makes one, started. */
    static SshClient of(SftpSettings settings) {
        Thread caller = Thread.currentThread();
        ClassLoader loader = caller.getContextClassLoader();
        // MINA looks for what is optional by the context's loader first, which may be anybody's here.
        caller.setContextClassLoader(SshClient.class.getClassLoader());
        try {
            JdkSignatures.register();
            return build(settings);
        } finally {
            caller.setContextClassLoader(loader);
        }
    }

    private static SshClient build(SftpSettings settings) {
        SshClient client = ClientBuilder.builder()
                .serverKeyVerifier((session, address, key) -> confirmed(settings, session, key))
                .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
                .filePasswordProvider(FilePasswordProvider.EMPTY)
                .keyExchangeFactories(current(ClientBuilder.setUpDefaultKeyExchanges(true)))
                .cipherFactories(ciphers())
                .macFactories(current(ClientBuilder.setUpDefaultMacs(true)))
                .signatureFactories(signatures(settings.hostKeys()))
                .build(true);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(
                settings.login() instanceof SftpSettings.Password
                        ? UserAuthPasswordFactory.INSTANCE
                        : UserAuthPublicKeyFactory.INSTANCE));
        ThreadFactory threads = threads(settings.id());
        client.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory(() -> new SshThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads)));
        client.setScheduledExecutorService(new ScheduledThreadPoolExecutor(1, threads), true);
        limitTimes(client, settings);
        client.start();
        return client;
    }

    /** A session that waits for its user is not idle; whoever waits for the server has a limit of his own. */
    private static void limitTimes(SshClient client, SftpSettings settings) {
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.AUTH_TIMEOUT.set(
                client, settings.patience().connect().multipliedBy(2));
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, settings.patience().connect());
        CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        // Also what a message waits for the one before it to be sent.
        SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(
                client, settings.patience().data());
        client.setSessionHeartbeat(HeartbeatType.IGNORE, KEEP_ALIVE);
    }

    private static boolean confirmed(SftpSettings settings, ClientSession session, PublicKey key) {
        ByteArrayBuffer blob = new ByteArrayBuffer();
        blob.putRawPublicKey(key);
        try {
            settings.hostKeys().check(settings.id(), blob.getCompactData());
            return true;
        } catch (BackupException e) {
            session.setAttribute(HOST_KEY_REFUSED, e);
            return false;
        }
    }

    private static <T extends NamedResource> List<T> current(List<T> all) {
        return all.stream()
                .filter(one -> {
                    String name = one.getName().toLowerCase(Locale.ROOT);
                    return !name.equals(RSA_BY_SHA1) && OUTDATED.stream().noneMatch(name::contains);
                })
                .toList();
    }

    /** What the processor does by itself comes first: MINA's ChaCha20 is Java. */
    private static List<NamedFactory<Cipher>> ciphers() {
        return current(ClientBuilder.setUpDefaultCiphers(true)).stream()
                .sorted(Comparator.comparing(one -> !one.getName().contains("-gcm@")))
                .toList();
    }

    /** Keys of the types that were given whole are asked for first, then those that OpenSSH asks for first. */
    private static List<NamedFactory<Signature>> signatures(HostKeys keys) {
        List<String> order = List.of("ssh-ed25519", "ecdsa-", "rsa-sha2-512", "rsa-sha2-256");
        return current(ClientBuilder.setUpDefaultSignatureFactories(true)).stream()
                .sorted(Comparator.comparing(
                                (NamedFactory<Signature> one) -> !keys.types().contains(type(one.getName())))
                        .thenComparing(one -> {
                            int rank = 0;
                            while (rank < order.size() && !one.getName().startsWith(order.get(rank))) {
                                rank++;
                            }
                            return rank;
                        }))
                .toList();
    }

    private static String type(String signature) {
        return signature.startsWith("rsa-sha2-") ? "ssh-rsa" : signature;
    }

    private static ThreadFactory threads(String id) {
        return work -> {
            Thread thread = new Thread(work, "joecash-sftp-" + id);
            thread.setDaemon(true);
            thread.setContextClassLoader(SshClient.class.getClassLoader());
            return thread;
        };
    }
}
