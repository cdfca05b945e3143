package de.joecash.backup.update.internal.vendor;

import de.joecash.backup.update.internal.set.BundleList;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The bundle as a program: makes and signs sets on the vendor's machine. */
public final class Main {
    private static final String USAGE =
            """
            make SET.zip NAME VERSION KEY-FILE BUNDLE.jar... +BUNDLE.jar...
                writes a set of these bundles, in the order in which they are started; each replaces the one that is
                installed, and one with + in front is installed where there is none
            public KEY-FILE
                prints what a till is configured with to take what is signed by this key
            A key is made by OpenSSL, and never leaves the vendor's machine:
                (umask 077; openssl genpkey -algorithm ed25519 -out vendor.key)
                openssl pkey -in vendor.key -pubout >> vendor.key
            """;

    private static final String INSTALL = "+";

    private Main() {}

    /** Does what the arguments say; the exit code is 0 if it was done, 1 if not, 2 if the arguments are wrong. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        String verb = arguments.isEmpty() ? "" : arguments.get(0);
        try {
            if (verb.equals("make") && arguments.size() > 5) {
                make(arguments, out);
            } else if (verb.equals("public") && arguments.size() == 2) {
                out.println(VendorKeyFile.read(Path.of(arguments.get(1))).publicKey());
            } else {
                err.print(USAGE);
                return 2;
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("A set takes no such: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static void make(List<String> arguments, PrintStream out) throws IOException {
        Stream<String> bundles = arguments.stream().skip(5);
        SetWriter writer = new SetWriter(VendorKeyFile.read(Path.of(arguments.get(4))));
        BundleList list = writer.write(
                Path.of(arguments.get(1)),
                arguments.get(2),
                arguments.get(3),
                bundles.map(Main::given).toList());
        list.bundles().forEach(bundle -> out.println(bundle.symbolicName() + " " + bundle.version()));
        out.println(list + " in " + arguments.get(1));
    }

    private static SetWriter.Given given(String argument) {
        boolean install = argument.startsWith(INSTALL);
        return new SetWriter.Given(Path.of(install ? argument.substring(INSTALL.length()) : argument), install);
    }
}
