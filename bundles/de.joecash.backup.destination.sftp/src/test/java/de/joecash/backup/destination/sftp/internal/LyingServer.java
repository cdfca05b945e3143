package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/**
 * A real SSH server whose SFTP (draft-ietf-secsh-filexfer-02) says what a test wants it to, byte by byte. There is a
 * directory {@code tills}, and nothing in it but what is listed.
 */
final class LyingServer implements AutoCloseable {
    static final int REGULAR = 0100644;
    static final int DIRECTORY = 0040755;

    private static final int VERSION = 2;
    private static final int STATUS = 101;
    private static final int HANDLE = 102;
    private static final int NAME = 104;
    private static final int ATTRS = 105;
    private static final int SIZE_AND_PERMISSIONS = 0x1 | 0x4;
    private static final int END = 1;
    private static final int NO_SUCH_FILE = 2;
    private static final int FAILURE = 4;

    /** The paths that were asked for, by whatever request. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair key;
    private final Answers list;
    private volatile String refusal = "no";

    /** Gives the answers to the requests for a list. */
    interface Answers {
        /**
         * Gives one.
         *
         * @param round counts from 0
         * @return what comes behind the request's number, its type first; empty at the end
         */
        Optional<byte[]> to(int round) throws IOException;
    }

    /** What a list says. */
    record Entry(List<Byte> name, int mode, long bytes) {
        static Entry file(String name, long bytes) {
            return named(name.getBytes(StandardCharsets.UTF_8), REGULAR, bytes);
        }

        static Entry named(byte[] name, int mode, long bytes) {
            List<Byte> all = new ArrayList<>();
            for (byte each : name) {
                all.add(each);
            }
            return new Entry(List.copyOf(all), mode, bytes);
        }

        private byte[] nameBytes() {
            byte[] bytes = new byte[name.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = name.get(i);
            }
            return bytes;
        }
    }

    LyingServer(Answers list) throws IOException, GeneralSecurityException {
        this.list = list;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        key = generator.generateKeyPair();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((user, password, session) -> true);
        server.setSubsystemFactories(List.of(new SubsystemFactory() {
            @Override
            public String getName() {
                return "sftp";
            }

            @Override
            public Command createSubsystem(ChannelSession channel) {
                return new Subsystem();
            }
        }));
        server.start();
    }

    /** Lists these, and ends. */
    static LyingServer listing(List<Entry> entries) throws IOException, GeneralSecurityException {
        return new LyingServer(round -> round == 0 ? Optional.of(names(entries)) : Optional.empty());
    }

    static byte[] names(List<Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(NAME);
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            string(out, entry.nameBytes());
            string(out, new byte[0]);
            attributes(out, entry.mode(), entry.bytes());
        }
        return bytes.toByteArray();
    }

    private static void attributes(DataOutputStream out, int mode, long bytes) throws IOException {
        out.writeInt(SIZE_AND_PERMISSIONS);
        out.writeLong(bytes);
        out.writeInt(mode);
    }

    private static void string(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Says why nothing can be done here. */
    void refuses(String words) {
        refusal = words;
    }

    TestSettings settings() {
        return new TestSettings(
                server.getPort(),
                "till",
                new SftpSettings.Password(new de.joecash.backup.spi.Secret("secret")),
                List.of(KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic())),
                Await.PATIENCE,
                de.joecash.backup.remote.Verify.FULL);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private final class Subsystem implements Command {
        private DataInputStream in;
        private DataOutputStream out;
        private ExitCallback exit;
        private int round;

        @Override
        public void setInputStream(InputStream given) {
            in = new DataInputStream(given);
        }

        @Override
        public void setOutputStream(OutputStream given) {
            out = new DataOutputStream(given);
        }

        @Override
        public void setErrorStream(OutputStream given) {
            // Nothing is said there.
        }

        @Override
        public void setExitCallback(ExitCallback given) {
            exit = given;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread thread = new Thread(this::serve, "lying-server");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void destroy(ChannelSession channel) {
            // Its streams end, and its thread with them.
        }

        private void serve() {
            try {
                while (true) {
                    byte[] packet = new byte[in.readInt()];
                    in.readFully(packet);
                    answer(new DataInputStream(new java.io.ByteArrayInputStream(packet)));
                }
            } catch (IOException e) {
                exit.onExit(0);
            }
        }

        private void answer(DataInputStream request) throws IOException {
            int type = request.readByte();
            int id = request.readInt();
            if (type == 1) {
                send(out -> {
                    out.writeByte(VERSION);
                    out.writeInt(3);
                });
                return;
            }
            String what = "";
            if (type != 4 && type != 12 && type != 200) {
                byte[] path = new byte[request.readInt()];
                request.readFully(path);
                what = new String(path, StandardCharsets.UTF_8);
                asked.add(what);
            }
            String path = what;
            switch (type) {
                case 7, 17 -> {
                    if (path.equals("tills")) {
                        reply(id, ATTRS, out -> attributes(out, DIRECTORY, 0));
                    } else {
                        status(id, NO_SUCH_FILE, "none");
                    }
                }
                case 11 -> reply(id, HANDLE, out -> string(out, new byte[] {1}));
                case 12 -> {
                    Optional<byte[]> names = list.to(round++);
                    if (names.isEmpty()) {
                        status(id, END, "end");
                    } else {
                        reply(id, names.get()[0], out -> out.write(names.get(), 1, names.get().length - 1));
                    }
                }
                case 4 -> status(id, 0, "");
                default -> status(id, FAILURE, refusal);
            }
        }

        private void status(int id, int code, String words) throws IOException {
            reply(id, STATUS, out -> {
                out.writeInt(code);
                string(out, words.getBytes(StandardCharsets.UTF_8));
                string(out, new byte[0]);
            });
        }

        private void reply(int id, int type, Words words) throws IOException {
            send(out -> {
                out.writeByte(type);
                out.writeInt(id);
                words.to(out);
            });
        }

        private void send(Words words) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            words.to(new DataOutputStream(bytes));
            out.writeInt(bytes.size());
            bytes.writeTo(out);
            out.flush();
        }
    }

    private interface Words {
        void to(DataOutputStream out) throws IOException;
    }
}
