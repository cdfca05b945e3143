package de.joecash.backup.core.internal.archive;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The archive on a command line, without a till: for the worst day, and for measuring. Needs nothing but a JDK. An
 * archive's index is expected beside it, in a file of its name with {@code .index} at the end. What a file had before
 * stays until the new one is whole and on the disk.
 */
public final class Main {
    private static final String USAGE =
            """
            create OUT.gz [--reuse OLD.gz] [--workers N] [--level auto|1..9] [--codec auto|jdk] < CONTENT
            verify FILE.gz [--workers N]
            cat FILE.gz > CONTENT
            salvage FILE.gz OUT
            pack NEW.gz OUT.gz [--known OLD.gz.index]...
            assemble OUT.gz --index NEW.gz.index PACK.gz...
            """;

    private static final int MOST_LINES = 50;

    private final List<String> words = new ArrayList<>();
    private final List<String> known = new ArrayList<>();
    private final PrintStream out;
    private Optional<Path> reuse = Optional.empty();
    private Optional<Path> index = Optional.empty();
    private int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    private Effort effort = Effort.keepUp();
    private Codec codec = Codecs.jdk();

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
            case "--workers" -> {
                workers = Integer.parseInt(value);
                if (workers < 1) {
                    throw new IllegalArgumentException("No worker");
                }
            }
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
        Compression compression = new Compression(new Workers(executor, workers), codec, effort);
        try (NewFile stream = new NewFile(file);
                ArchiveWriter archive = new ArchiveWriter(stream, name, Instant.now(), compression, old)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                archive.write(buffer, 0, count);
            }
            Written written = archive.finish();
            keep(stream, file, written);
            out.println(archive.reused() + " members reused");
        } finally {
            executor.shutdown();
            if (old.isPresent()) {
                old.get().close();
            }
        }
    }

    private boolean verify(Path file) throws IOException {
        ExecutorService executor = executor();
        MemberIndex members = index(file);
        try (InputStream stream = Files.newInputStream(file)) {
            ArchiveCheck.Finding found =
                    new ArchiveCheck(members, new Workers(executor, workers), codec).check(stream, bytes -> {});
            found.damaged().stream()
                    .limit(MOST_LINES)
                    .forEach(member -> out.println("Damaged: member " + member.ordinal() + ", content from byte "
                            + member.contentOffset() + ", " + member.contentLength() + " bytes"));
            out.println((found.whole() ? "Whole: " : "Damaged: ") + members + ", file sha256 " + found.archiveSha256());
            return found.whole();
        } finally {
            executor.shutdown();
        }
    }

    private void cat(Path file) throws IOException {
        InputStream stream = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16);
        try (ArchiveInput content = Files.exists(beside(file))
                ? ArchiveInput.proven(stream, index(file), bytes -> {})
                : ArchiveInput.any(stream, Long.MAX_VALUE, bytes -> {})) {
            content.transferTo(out);
        }
        out.flush();
    }

    private boolean salvage(Path file, Path into) throws IOException {
        if (Files.exists(into) && Files.isSameFile(file, into)) {
            throw new IllegalArgumentException("What is damaged is not overwritten: " + into);
        }
        Optional<MemberIndex> members = Files.exists(beside(file)) ? Optional.of(index(file)) : Optional.empty();
        try (Salvage salvage = new Salvage(file, members);
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
        try (ArchiveFile archive = ArchiveFile.open(file, index(file));
                NewFile stream = new NewFile(into)) {
            keep(
                    stream,
                    into,
                    Packs.write(
                            archive,
                            digest -> there.stream()
                                    .anyMatch(one -> one.find(digest).isPresent()),
                            stream));
        }
    }

    private void assemble(Path file) throws IOException {
        Path wanted = index.orElseThrow(() -> new IllegalArgumentException("assemble needs --index"));
        List<ArchiveFile> parts = new ArrayList<>();
        try (NewFile stream = new NewFile(file)) {
            for (String part : words.subList(2, words.size())) {
                parts.add(ArchiveFile.open(Path.of(part), index(Path.of(part))));
            }
            keep(stream, file, Packs.assemble(IndexFormat.read(Files.readAllBytes(wanted)), parts, stream));
        } finally {
            for (ArchiveFile part : parts) {
                part.close();
            }
        }
    }

    private void keep(NewFile stream, Path file, Written written) throws IOException {
        byte[] bytes = IndexFormat.write(written.index());
        stream.publish();
        NewFile.write(beside(file), bytes);
        out.println(written.index() + ", index " + bytes.length + " bytes, content "
                + written.digest().contentSha256() + ", file "
                + written.digest().archiveSha256());
    }

    private static MemberIndex index(Path file) throws IOException {
        return IndexFormat.read(Files.readAllBytes(beside(file)));
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
