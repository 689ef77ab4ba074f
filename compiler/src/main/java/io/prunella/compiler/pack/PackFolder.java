package io.prunella.compiler.pack;

import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a pack's folder, or a single {@code .dl} file, from disk. */
public final class PackFolder {
    private static final String HEADER = "pack.dl";
    /** What a pack consists of, besides its header; other files of the folder are not the pack's. */
    private static final List<String> FOLDERS = List.of("actions", "recordings", "rules", "tests");
    /** Enough to know that a file is too large; the parser says so. */
    private static final int MOST_BYTES = (1 << 20) + 1;

    private final Path root;
    private final Path realRoot;
    private final String shownRoot;
    private final List<PackSource.File> files = new ArrayList<>();
    private final Map<String, String> contents = new TreeMap<>();
    private final TreeMap<String, String> actionFiles = new TreeMap<>();
    private final List<Diagnostic> problems = new ArrayList<>();
    private final RecordedNames.Scanner recorded = new RecordedNames.Scanner();

    private PackFolder(Path root, String shownRoot) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
        this.shownRoot = shownRoot;
    }

    /** Reads all of a pack that checking and running it needs, once. */
    public static PackRead read(Path path) {
        if (!Files.exists(path)) {
            return new PackRead.Unreadable(path.toString(), "no such file or folder");
        }
        try {
            if (!Files.isDirectory(path)) {
                return single(path);
            }
            if (!Files.exists(path.resolve(HEADER)) && !Files.isDirectory(path.resolve("rules"))) {
                return new PackRead.Unreadable(path.toString(),
                        "no pack: the folder has neither `pack.dl` nor `rules/`");
            }
            return new PackRead.Found(new PackFolder(path, path.toString()).whole());
        } catch (AccessDeniedException e) {
            return new PackRead.Unreadable(path.toString(), "permission denied: " + e.getFile());
        } catch (IOException e) {
            return new PackRead.Unreadable(path.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private static PackRead single(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path fileName = absolute.getFileName();
        if (parent == null || fileName == null || !Files.isRegularFile(absolute)) {
            return new PackRead.Unreadable(path.toString(), "not a file or folder");
        }
        String name = fileName.toString();
        PackFolder folder = new PackFolder(parent, parent.toString());
        byte[] bytes = head(absolute);
        folder.files.add(new PackSource.File(name, path.toString(), bytes));
        folder.contents.put(name, PackSource.sha256(bytes));
        if (Files.isDirectory(parent.resolve("actions"), LinkOption.NOFOLLOW_LINKS)) {
            folder.readFolder("actions");
        }
        String packName = name.endsWith(".dl") ? name.substring(0, name.length() - 3) : name;
        // What lies beside a single file is not the user's subject: only files that it names can be a problem.
        return new PackRead.Found(new PackSource(packName, folder.realRoot.toString(), true, folder.files,
                folder.actionFiles, PackSource.digest(folder.contents), List.of()));
    }

    private PackSource whole() throws IOException {
        if (Files.exists(root.resolve(HEADER), LinkOption.NOFOLLOW_LINKS)) {
            readFile(root.resolve(HEADER), HEADER);
        }
        for (String folder : FOLDERS) {
            if (Files.exists(root.resolve(folder), LinkOption.NOFOLLOW_LINKS)) {
                readFolder(folder);
            }
        }
        Path last = realRoot.getFileName();
        return new PackSource(last == null ? "pack" : last.toString(), realRoot.toString(), false, files, actionFiles,
                PackSource.digest(contents), problems, recorded.names());
    }

    private void readFolder(String relative) throws IOException {
        Path folder = root.resolve(relative);
        if (Files.isSymbolicLink(folder)) {
            problem(relative, "`" + relative + "` is a link to a folder", "copy the folder into the pack");
            return;
        }
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            children = listed.sorted().toList();
        }
        for (Path child : children) {
            String name = String.valueOf(child.getFileName());
            if (name.startsWith(".")) {
                continue;
            }
            String path = relative + "/" + name;
            if (Files.isDirectory(child)) {
                readFolder(path);
            } else {
                readFile(child, path);
            }
        }
    }

    private void readFile(Path file, String relative) throws IOException {
        Optional<Path> real = realPath(file);
        if (real.isEmpty()) {
            problem(relative, "`" + relative + "` is a link to nothing",
                    "remove the link or put the file in its place");
        } else if (!real.get().startsWith(realRoot)) {
            problem(relative, "`" + relative + "` leads outside the pack's folder",
                    "copy the file into the pack");
        } else if (!Files.isRegularFile(file)) {
            problem(relative, "`" + relative + "` is no regular file", "remove it from the pack");
        } else if (relative.endsWith(".dl") && !relative.startsWith("actions/")
                && !relative.startsWith("recordings/")) {
            byte[] bytes = head(file);
            files.add(new PackSource.File(relative, shown(relative), bytes));
            contents.put(relative, PackSource.sha256(bytes));
        } else {
            String digest = digestOf(file, isRecording(relative));
            contents.put(relative, digest);
            if (relative.startsWith("actions/")) {
                actionFiles.put(relative, digest);
            }
        }
    }

    private static Optional<Path> realPath(Path file) {
        try {
            return Optional.of(file.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void problem(String relative, String message, String help) {
        problems.add(new Diagnostic(DiagnosticCode.OUTSIDE_PACK, shown(relative), Span.NONE, message, List.of(),
                Optional.of(help)));
    }

    private String shown(String relative) {
        return shownRoot.isEmpty() || shownRoot.equals(".") ? relative : shownRoot + "/" + relative;
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private boolean isRecording(String relative) {
        if (relative.startsWith("recordings/") && relative.endsWith(".jsonl")) {
            recorded.begin();
            return true;
        }
        // Packed recordings, and tests of another kind, hold names that only whoever runs them reads.
        if (relative.startsWith("recordings/") || relative.startsWith("tests/")) {
            recorded.miss();
        }
        return false;
    }

    private String digestOf(Path file, boolean recording) throws IOException {
        MessageDigest digest = PackSource.newDigest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                if (recording) {
                    recorded.feed(buffer, n);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
