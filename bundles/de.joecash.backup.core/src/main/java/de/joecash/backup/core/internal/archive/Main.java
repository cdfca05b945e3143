package de.joecash.backup.core.internal.archive;

import de.joecash.backup.core.internal.disk.SyncedFiles;
import de.joecash.backup.core.internal.pace.Pacing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The archive on a command line, without a till: for the worst day, and for measuring. Needs nothing but a JDK and this
 * bundle. An archive's index is looked for beside it: in its manifest, or in a file of its name with {@code .index} at
 * the end. What is made gets its name only after it was synced and read back, unless that is declined. With
 * {@code --yield} it is as slow as for a till that is open, with {@code --pace} no faster than that; both need the
 * API's bundle too.
 */
public final class Main {
    private static final String USAGE =
            """
            create OUT.gz [--reuse OLD.gz] [--level auto|1..9] [--codec jdk|auto] [--proof yes|no]
                [--yield yes|no] [--pace MEGABYTES-A-SECOND] < CONTENT
            verify FILE.gz [--codec jdk|auto]
            cat FILE.gz > CONTENT
            salvage FILE.gz OUT
            pack NEW.gz OUT.gz [--known OLD.gz.index]... [--proof yes|no]
            assemble OUT.gz --index NEW.gz.index PACK.gz... [--proof yes|no]
            All: [--workers N]
            """;

    private static final int MOST_LINES = 50;
    private static final Pattern MANIFEST_INDEX = Pattern.compile("\"index\"\\s*:\\s*\"([A-Za-z0-9+/=]*)\"");

    private final List<String> words = new ArrayList<>();
    private final List<String> known = new ArrayList<>();
    private final PrintStream out;
    private Optional<Path> reuse = Optional.empty();
    private Optional<Path> index = Optional.empty();
    private int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    private boolean yielding;
    private double pace = Double.POSITIVE_INFINITY;
    private Effort effort = Effort.keepUp();
    private Codec codec = Codecs.jdk();
    private boolean proof = true;

    private Main(String[] arguments, PrintStream out) {
        this.out = out;
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                words.add(arguments[i]);
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            option(arguments[i], arguments[++i]);
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "--reuse" -> reuse = Optional.of(Path.of(value));
            case "--index" -> index = Optional.of(Path.of(value));
            case "--known" -> known.add(value);
            case "--proof" -> proof = !value.equals("no");
            case "--workers" -> {
                workers = Integer.parseInt(value);
                if (workers < 1) {
                    throw new IllegalArgumentException("No worker");
                }
            }
            case "--yield" -> yielding = !value.equals("no");
            case "--pace" -> pace = Double.parseDouble(value) * 1e6;
            case "--level" -> effort = value.equals("auto") ? Effort.keepUp() : Effort.fixed(Integer.parseInt(value));
            case "--codec" -> codec = codec(value);
            default -> throw new IllegalArgumentException("Unknown: " + name);
        }
    }

    private static Codec codec(String name) {
        return switch (name) {
            case "jdk" -> Codecs.jdk();
            case "auto" -> Codecs.fastest(System.err::println);
            default -> throw new IllegalArgumentException("No codec: " + name);
        };
    }

    /** Does what the arguments say; the exit code is 0 if it was done, 1 if not, 2 if the arguments are wrong. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.in, System.out, System.err));
    }

    static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
        try {
            return new Main(arguments, out).perform(in) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return 2;
        } catch (IOException e) {
            err.println(e);
            return 1;
        }
    }

    private boolean perform(InputStream in) throws IOException {
        String verb = words.isEmpty() ? "" : words.get(0);
        int least = verb.equals("salvage") || verb.equals("pack") || verb.equals("assemble") ? 3 : 2;
        if (words.size() < least) {
            throw new IllegalArgumentException("Not understood");
        }
        Path first = Path.of(words.get(1));
        switch (verb) {
            case "create" -> create(in, first);
            case "verify" -> {
                return verify(first);
            }
            case "cat" -> cat(first);
            case "salvage" -> {
                return salvage(first, Path.of(words.get(2)));
            }
            case "pack" -> pack(first, Path.of(words.get(2)));
            case "assemble" -> assemble(first);
            default -> throw new IllegalArgumentException("Unknown: " + verb);
        }
        return true;
    }

    private void create(InputStream in, Path file) throws IOException {
        ExecutorService executor = executor();
        String name = file.getFileName().toString().replaceAll("\\.gz$", "");
        Optional<ArchiveFile> old =
                reuse.isPresent() ? Optional.of(ArchiveFile.open(reuse.get(), index(reuse.get()))) : Optional.empty();
        boolean slowed = yielding || Double.isFinite(pace);
        Compression compression =
                new Compression(new Workers(executor, workers), codec, effort).hurriedWhen(() -> slowed);
        try {
            make(file, stream -> {
                try (ArchiveWriter archive = new ArchiveWriter(stream, name, Instant.now(), compression, old)) {
                    OutputStream content = slowed ? Pacing.alone(archive, yielding, pace) : archive;
                    byte[] buffer = new byte[1 << 16];
                    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                        content.write(buffer, 0, count);
                    }
                    Written written = archive.finish();
                    out.println(archive.reused() + " members reused");
                    return written;
                }
            });
        } finally {
            executor.shutdown();
            if (old.isPresent()) {
                old.get().close();
            }
        }
    }

    /** Writes a file with an index. */
    @FunctionalInterface
    private interface Making {
        Written to(OutputStream stream) throws IOException;
    }

    private void make(Path file, Making making) throws IOException {
        try (NewFile stream = new NewFile(file)) {
            Written written = making.to(stream);
            stream.sync();
            if (proof && !whole(stream.part(), written.index(), written.digest().archiveSha256(), Codecs.jdk())) {
                throw new IOException(file + " could not be read back");
            }
            stream.publish();
            byte[] bytes = IndexFormat.write(written.index());
            SyncedFiles.replace(beside(file), bytes);
            out.println(written.index() + ", index " + bytes.length + " bytes, content "
                    + written.digest().contentSha256() + ", file "
                    + written.digest().archiveSha256());
        }
    }

    private boolean verify(Path file) throws IOException {
        MemberIndex members = index(file);
        boolean whole = whole(file, members, "", codec);
        out.println((whole ? "Whole: " : "Damaged: ") + members);
        return whole;
    }

    private boolean whole(Path file, MemberIndex members, String sha256, Codec inflating) throws IOException {
        ExecutorService executor = executor();
        try (InputStream stream = Files.newInputStream(file)) {
            ArchiveCheck.Finding found =
                    new ArchiveCheck(members, new Workers(executor, workers), inflating).check(stream, bytes -> {});
            found.damaged().stream()
                    .limit(MOST_LINES)
                    .forEach(member -> out.println("Damaged: member " + member.ordinal() + ", content from byte "
                            + member.contentOffset() + ", " + member.contentLength() + " bytes"));
            return found.whole() && (sha256.isEmpty() || sha256.equals(found.archiveSha256()));
        } finally {
            executor.shutdown();
        }
    }

    private void cat(Path file) throws IOException {
        MemberIndex members = index(file);
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                ArchiveInput content = ArchiveInput.proven(stream, members, bytes -> {})) {
            content.transferTo(out);
        }
        out.flush();
    }

    private boolean salvage(Path file, Path into) throws IOException {
        if (Files.exists(into) && Files.isSameFile(file, into)) {
            throw new IllegalArgumentException("What is damaged is not overwritten: " + into);
        }
        try (Salvage salvage = new Salvage(file, findIndex(file));
                NewFile stream = new NewFile(into)) {
            Salvage.Recovered recovered = salvage.recover(stream);
            stream.publish();
            recovered.gaps().stream().limit(MOST_LINES).forEach(out::println);
            out.println(recovered.members() + " members recovered, " + recovered.contentBytes() + " bytes, "
                    + recovered.gaps().size() + " gaps");
            return recovered.gaps().isEmpty();
        }
    }

    private void pack(Path file, Path into) throws IOException {
        List<MemberIndex> there = new ArrayList<>();
        for (String one : known) {
            there.add(IndexFormat.read(Files.readAllBytes(Path.of(one))));
        }
        try (ArchiveFile archive = ArchiveFile.open(file, index(file))) {
            make(
                    into,
                    stream -> Packs.write(
                            archive,
                            digest -> there.stream()
                                    .anyMatch(one -> one.find(digest).isPresent()),
                            stream));
        }
    }

    private void assemble(Path file) throws IOException {
        Path wanted = index.orElseThrow(() -> new IllegalArgumentException("assemble needs --index"));
        List<ArchiveFile> parts = new ArrayList<>();
        try {
            for (String part : words.subList(2, words.size())) {
                parts.add(ArchiveFile.open(Path.of(part), index(Path.of(part))));
            }
            MemberIndex members = IndexFormat.read(Files.readAllBytes(wanted));
            make(file, stream -> Packs.assemble(members, parts, stream));
        } finally {
            for (ArchiveFile part : parts) {
                part.close();
            }
        }
    }

    /** From the manifest of a backup, or from the file that this tool writes. */
    private static MemberIndex index(Path file) throws IOException {
        return findIndex(file)
                .orElseThrow(() -> new IOException(
                        "There is no index beside " + file + "; gunzip and salvage read it without one"));
    }

    private static Optional<MemberIndex> findIndex(Path file) throws IOException {
        if (Files.exists(beside(file))) {
            return Optional.of(IndexFormat.read(Files.readAllBytes(beside(file))));
        }
        Path manifest = file.resolveSibling(file.getFileName().toString().replaceAll("\\.sql\\.gz$", "") + ".json");
        if (!Files.exists(manifest)) {
            return Optional.empty();
        }
        Matcher text = MANIFEST_INDEX.matcher(Files.readString(manifest));
        return text.find() ? Optional.of(IndexFormat.read(decoded(text.group(1)))) : Optional.empty();
    }

    private static byte[] decoded(String base64) throws IOException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("not an index", e);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".index");
    }

    private ExecutorService executor() {
        return Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "archive");
            thread.setDaemon(true);
            return thread;
        });
    }
}
