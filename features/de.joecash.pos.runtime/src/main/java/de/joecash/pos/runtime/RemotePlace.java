package de.joecash.pos.runtime;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.FrameworkUtil;

/**
 * Where backups are, from an address: {@code ftp://}, {@code ftps://} (TLS from the first byte), {@code sftp://} and
 * {@code s3://HOST[:PORT]/BUCKET}, each with a directory behind, or the path of a folder.
 *
 * @param pid of the destination's configuration
 * @param destination its id
 * @param directory there
 * @param settings of its configuration, but for what is secret and what has its default
 * @param secret the name of the setting that takes the password; empty where there is no login
 */
record RemotePlace(
        String pid, String destination, String directory, Map<String, Object> settings, Optional<String> secret) {
    /** The id of a server: no address fits into one. */
    private static final String SERVER = "server";

    /** As it stands in what a problem says. */
    private static final Pattern NAMED = Pattern.compile("(?<=[\"„])" + SERVER + "(?=[\"“])");

    private static final String PID = "de.joecash.backup.destination.";
    private static final int MOST_PORT = 65_535;

    /** A name and a password before the host, also where the rest is no address. */
    private static final Pattern LOGIN = Pattern.compile("://[^/@]*:[^/]*@");

    /** Reads the address, and of the options what belongs to it. */
    static RemotePlace of(FetchOptions options) throws Refusal {
        String from = options.from();
        if (LOGIN.matcher(from).find()) {
            // Not repeated: it holds a password.
            throw Options.usage("fetch.passwordInAddress");
        }
        if (!isPlain(from)) {
            throw Options.usage("fetch.notAnAddress", shown(from));
        }
        if (!from.contains("://")) {
            return folder(Options.path("--from", from));
        }
        URI address;
        try {
            address = new URI(from);
        } catch (URISyntaxException e) {
            throw Options.usage("fetch.notAnAddress", shown(from));
        }
        if (address.getPath() != null && !isPlain(address.getPath())) {
            throw Options.usage("fetch.notAnAddress", shown(from));
        }
        return switch (String.valueOf(address.getScheme())) {
            case "file" -> folder(Options.path("--from", address.getPath()));
            case "ftp" -> ftp(address, options, options.cleartext() ? "off" : "explicit");
            case "ftps" -> ftp(address, options, "implicit");
            case "sftp" -> sftp(address, options);
            case "s3" -> s3(address, options);
            default -> throw Options.usage("fetch.notAnAddress", shown(from));
        };
    }

    /** Without what stands before the host, which may be a password whatever it looks like. */
    private static String shown(String address) {
        return address.replaceFirst("(?s)://.*@", "://…@");
    }

    /** Whether it can stand between quotes in a command. */
    private static boolean isPlain(String text) {
        return text.indexOf('\'') < 0 && text.chars().noneMatch(Character::isISOControl);
    }

    private static RemotePlace folder(Path path) throws Refusal {
        Path folder = path.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new Refusal(Refusal.FAILED, Texts.text("fetch.noFolder", folder));
        }
        return new RemotePlace(
                PID + "file", "medium", folder.toString(), Map.of("allowSameFileSystem", true), Optional.empty());
    }

    private static RemotePlace ftp(URI address, FetchOptions options, String tls) throws Refusal {
        Map<String, Object> settings = login(address, options);
        settings.put("port", port(address, tls.equals("implicit") ? 990 : 21));
        settings.put("tls", tls);
        settings.put("allowCleartext", options.cleartext());
        trust(options, settings);
        return new RemotePlace(PID + "ftp", SERVER, directory(address), settings, Optional.of(".password"));
    }

    private static RemotePlace sftp(URI address, FetchOptions options) throws Refusal {
        Map<String, Object> settings = login(address, options);
        settings.put("port", port(address, 22));
        options.option(FetchOptions.HOST_KEY).ifPresent(key -> settings.put("hostKeys", new String[] {key}));
        Optional<String> key = options.option(FetchOptions.LOGIN_KEY);
        if (key.isPresent()) {
            settings.put(
                    "keyFile",
                    Options.path("--" + FetchOptions.LOGIN_KEY, key.get())
                            .toAbsolutePath()
                            .toString());
        }
        boolean passphrase = key.isPresent();
        return new RemotePlace(
                PID + "sftp",
                SERVER,
                directory(address),
                settings,
                // A key that is not locked needs nothing typed.
                passphrase && options.option(FetchOptions.PASSWORD_FILE).isEmpty()
                        ? Optional.empty()
                        : Optional.of(passphrase ? ".passphrase" : ".password"));
    }

    private static RemotePlace s3(URI address, FetchOptions options) throws Refusal {
        Map<String, Object> settings = login(address, options);
        String[] path = directory(address).split("/", 2);
        if (path[0].isEmpty()) {
            throw Options.usage("fetch.noBucket", shown(address.toString()));
        }
        String host = (String) settings.remove("host");
        int port = port(address, options.cleartext() ? 80 : 443);
        settings.put("endpoint", (options.cleartext() ? "http://" : "https://") + bracketed(host) + ":" + port);
        settings.put("allowCleartext", options.cleartext());
        settings.put("bucket", path[0]);
        settings.put("accessKey", settings.remove("user"));
        options.option(FetchOptions.REGION).ifPresent(region -> settings.put("region", region));
        trust(options, settings);
        return new RemotePlace(PID + "s3", SERVER, path.length > 1 ? path[1] : "", settings, Optional.of(".secretKey"));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static Map<String, Object> login(URI address, FetchOptions options) throws Refusal {
        if (address.getHost() == null) {
            throw Options.usage("fetch.notAnAddress", shown(address.toString()));
        }
        String user = options.option(FetchOptions.USER).orElse(address.getUserInfo());
        if (user == null || user.isBlank()) {
            throw Options.usage("fetch.noUser");
        }
        Map<String, Object> settings = new TreeMap<>();
        settings.put("id", SERVER);
        // IPv6 stands in brackets in an address alone (RFC 3986, section 3.2.2).
        settings.put("host", address.getHost().replaceAll("^\\[|]$", ""));
        settings.put("user", user);
        return settings;
    }

    private static void trust(FetchOptions options, Map<String, Object> settings) throws Refusal {
        Optional<String> certificates = options.option(FetchOptions.CERTIFICATES);
        if (certificates.isPresent()) {
            settings.put(
                    "certificates",
                    Options.path("--" + FetchOptions.CERTIFICATES, certificates.get())
                            .toAbsolutePath()
                            .toString());
        }
        options.option(FetchOptions.PIN).ifPresent(pin -> settings.put("pins", new String[] {pin}));
    }

    private static int port(URI address, int usual) throws Refusal {
        if (address.getPort() > MOST_PORT || address.getPort() == 0) {
            throw Options.usage("option.notANumber", "--from", shown(address.toString()), MOST_PORT);
        }
        return address.getPort() < 0 ? usual : address.getPort();
    }

    private static String directory(URI address) {
        return address.getPath() == null
                ? ""
                : address.getPath().replaceFirst("^/", "").replaceFirst("/$", "");
    }

    /** Calls the server by the address that was typed, in the words of a problem, which hold its id. */
    String named(String words) {
        Object host = settings.getOrDefault("endpoint", settings.get("host"));
        return host == null ? words : NAMED.matcher(words).replaceAll(Matcher.quoteReplacement(host.toString()));
    }

    /** As the commands take it, quoted for Gogo. */
    String word() {
        return "'" + destination + ":" + directory + "'";
    }

    /** The configuration, with its secret. */
    Dictionary<String, Object> configuration(Optional<Secret> password) {
        Map<String, Object> all = new TreeMap<>(settings);
        // Config Admin takes nothing else.
        password.ifPresent(value -> secret.ifPresent(name -> all.put(name, value.use(String::new))));
        return FrameworkUtil.asDictionary(all);
    }
}
