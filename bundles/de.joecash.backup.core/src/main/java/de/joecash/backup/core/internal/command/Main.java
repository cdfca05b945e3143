package de.joecash.backup.core.internal.command;

import de.joecash.backup.core.internal.archive.ArchiveCheck;
import de.joecash.backup.core.internal.archive.ArchiveFile;
import de.joecash.backup.core.internal.archive.ArchiveInput;
import de.joecash.backup.core.internal.archive.ArchiveWriter;
import de.joecash.backup.core.internal.archive.Codec;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.Compression;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.Packs;
import de.joecash.backup.core.internal.archive.Salvage;
import de.joecash.backup.core.internal.archive.Workers;
import de.joecash.backup.core.internal.archive.Written;
import de.joecash.backup.core.internal.disk.SystemWords;
import de.joecash.backup.core.internal.pace.Pacing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The bundle as a program. Needs nothing but a JRE and this bundle; with {@code --yield}, which is as slow as for a
 * till that is open, and {@code --pace}, which is no faster than that, the API's bundle too. What is made gets its name
 * only after it was synced and read back, unless both are declined.
 */
public final class Main {
    private static final String USAGE =
            """
            create OUT.gz [--reuse OLD.gz] [--level auto|1..9] [--codec jdk|auto] [--proof yes|no]
                [--yield yes|no] [--pace MEGABYTES-A-SECOND] < CONTENT
            verify FILE.gz [--codec jdk|auto]
            cat FILE.gz > CONTENT
                also of FILE.gz.001, FILE.gz.002 ... in its place
            salvage FILE.gz OUT
            pack NEW.gz OUT.gz [--known OLD.gz.index]... [--proof yes|no]
            assemble OUT.gz --index NEW.gz.index PACK.gz... [--proof yes|no]
            All: [--workers N]
            With --proof no a file is neither synced nor read back, as gzip's: a power cut may take it.
            """;

    private static final int MOST_LINES = 50;
    /** As much as a pipe holds: in smaller pieces it takes more time. */
    private static final int PIECE = 1 << 16;

    private final Arguments arguments;
    private final PrintStream out;

    private Main(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** Does what the arguments say; the exit code is 0 if it was done, 1 if not, 2 if the arguments are wrong. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.in, System.out, System.err));
    }

    static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            out.print(USAGE);
            return 0;
        }
        try {
            return new Main(new Arguments(arguments), out).perform(in) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return 2;
        } catch (IOException e) {
            err.println(words(e));
            return 1;
        }
    }

    private static String words(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "There is no " + missing.getFile() + ".";
        }
        if (e instanceof FileSystemException failed) {
            return failed.getReason() == null ? SystemWords.of(e) : failed.getFile() + ": " + failed.getReason();
        }
        return e.getMessage() == null ? SystemWords.of(e) : e.getMessage();
    }

    private boolean perform(InputStream in) throws IOException {
        switch (arguments.verb()) {
            case "create" -> create(in, arguments.file(1));
            case "verify" -> {
                return verify(new StoredArchive(arguments.file(1)));
            }
            case "cat" -> cat(new StoredArchive(arguments.file(1)));
            case "salvage" -> {
                return salvage(arguments.file(1), arguments.file(2));
            }
            case "pack" -> pack(arguments.file(1), arguments.file(2));
            case "assemble" -> assemble(arguments.file(1), arguments.filesFrom(2));
            default -> throw new IllegalArgumentException("Unknown: " + arguments.verb());
        }
        return true;
    }

    private void create(InputStream in, Path file) throws IOException {
        ExecutorService executor = executor();
        String name = file.getFileName().toString().replaceAll("\\.gz$", "");
        Path old = arguments.reuse().orElse(null);
        boolean slowed = arguments.yielding() || Double.isFinite(arguments.pace());
        Compression compression = new Compression(
                        new Workers(executor, arguments.workers()), arguments.codec(), arguments.effort())
                .hurriedWhen(() -> slowed);
        try (ArchiveFile known = old == null ? null : ArchiveFile.open(old, IndexFile.of(old))) {
            make(file, stream -> {
                try (ArchiveWriter archive =
                        new ArchiveWriter(stream, name, Instant.now(), compression, Optional.ofNullable(known))) {
                    OutputStream content =
                            slowed ? Pacing.alone(archive, arguments.yielding(), arguments.pace()) : archive;
                    byte[] buffer = new byte[PIECE];
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
        }
    }

    /** Writes a file with an index. */
    @FunctionalInterface
    private interface Making {
        Written to(OutputStream stream) throws IOException;
    }

    private void make(Path file, Making making) throws IOException {
        boolean proof = arguments.proof();
        try (NewFile stream = new NewFile(file, proof)) {
            Written written = making.to(stream);
            String sha256 = written.digest().archiveSha256();
            if (proof) {
                stream.sync();
                if (!whole(Files.newInputStream(stream.part()), written.index(), sha256, Codecs.jdk())) {
                    throw new IOException(file + " could not be read back");
                }
            }
            stream.publish();
            int indexBytes = IndexFile.write(file, written.index(), proof);
            out.println(written.index() + ", index " + indexBytes + " bytes, content "
                    + written.digest().contentSha256() + ", file " + sha256);
        }
    }

    private boolean verify(StoredArchive archive) throws IOException {
        MemberIndex members = IndexFile.of(archive.file());
        boolean whole = whole(archive.open(), members, "", arguments.codec());
        out.println((whole ? "Whole: " : "Damaged: ") + members);
        Optional<ManifestFile> manifest = ManifestFile.of(archive.file());
        if (manifest.isPresent()) {
            out.println(manifest.get().origin());
        }
        return whole;
    }

    private boolean whole(InputStream file, MemberIndex members, String sha256, Codec inflating) throws IOException {
        ExecutorService executor = executor();
        try (InputStream stream = file) {
            Workers workers = new Workers(executor, arguments.workers());
            ArchiveCheck.Finding found = new ArchiveCheck(members, workers, inflating).check(stream, bytes -> {});
            found.damaged().stream()
                    .limit(MOST_LINES)
                    .forEach(member -> out.println("Damaged: member " + member.ordinal() + ", content from byte "
                            + member.contentOffset() + ", " + member.contentLength() + " bytes"));
            return found.whole() && (sha256.isEmpty() || sha256.equals(found.archiveSha256()));
        } finally {
            executor.shutdown();
        }
    }

    private void cat(StoredArchive archive) throws IOException {
        MemberIndex members = IndexFile.of(archive.file());
        try (InputStream stream = new BufferedInputStream(archive.open(), 1 << 16);
                ArchiveInput content = ArchiveInput.proven(stream, members, bytes -> {})) {
            content.transferTo(out);
        }
        out.flush();
    }

    private boolean salvage(Path file, Path into) throws IOException {
        if (Files.exists(into) && Files.isSameFile(file, into)) {
            throw new IllegalArgumentException("What is damaged is not overwritten: " + into);
        }
        if (Files.exists(into)) {
            throw new IOException(into + " is there already and is not replaced. Please give another name.");
        }
        Optional<MemberIndex> index = Optional.empty();
        boolean told = true;
        try {
            index = IndexFile.find(file);
        } catch (IOException e) {
            told = false;
            out.println("The index is damaged too, so nobody can tell what is missing: " + e.getMessage());
        }
        try (Salvage salvage = new Salvage(file, index);
                NewFile stream = new NewFile(into, true)) {
            Salvage.Recovered recovered = salvage.recover(stream);
            if (recovered.contentBytes() > 0) {
                stream.publish();
            }
            recovered.gaps().stream().limit(MOST_LINES).forEach(out::println);
            out.println(recovered.members() + " members recovered, " + recovered.contentBytes() + " bytes, "
                    + recovered.gaps().size() + " gaps");
            return told && recovered.gaps().isEmpty();
        }
    }

    private void pack(Path file, Path into) throws IOException {
        List<MemberIndex> there = new ArrayList<>();
        for (Path one : arguments.known()) {
            there.add(IndexFile.read(one));
        }
        try (ArchiveFile archive = ArchiveFile.open(file, IndexFile.of(file))) {
            make(
                    into,
                    stream -> Packs.write(
                            archive,
                            member -> there.stream()
                                    .anyMatch(one -> one.find(member.sha256()).isPresent()),
                            stream));
        }
    }

    private void assemble(Path file, List<Path> packs) throws IOException {
        MemberIndex wanted = IndexFile.read(arguments.index());
        List<ArchiveFile> parts = new ArrayList<>();
        try {
            for (Path pack : packs) {
                parts.add(ArchiveFile.open(pack, IndexFile.of(pack)));
            }
            make(file, stream -> Packs.assemble(wanted, parts, stream));
        } finally {
            for (ArchiveFile part : parts) {
                part.close();
            }
        }
    }

    private ExecutorService executor() {
        return Executors.newFixedThreadPool(arguments.workers(), task -> {
            Thread thread = new Thread(task, "archive");
            thread.setDaemon(true);
            return thread;
        });
    }
}
