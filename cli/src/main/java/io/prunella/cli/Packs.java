package io.prunella.cli;

import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackFolder;
import io.prunella.compiler.pack.PackRead;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import io.prunella.dsl.diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds and compiles the packs that a user means by a path. */
final class Packs {
    /** What standard input is called in messages. */
    private static final String STDIN = "stdin.dl";
    private static final int MOST_BYTES = (1 << 20) + 1;

    private Packs() {}

    /** One pack: a folder, a file, or {@code -}. */
    static PackSource read(Shell shell, String path) {
        if (path.equals("-")) {
            try {
                return PackSource.ofText(STDIN, shell.in().readNBytes(MOST_BYTES));
            } catch (IOException e) {
                throw UserError.usage("cannot read standard input: " + e.getMessage());
            }
        }
        return switch (PackFolder.read(Path.of(path))) {
            case PackRead.Found found -> found.source();
            case PackRead.Unreadable unreadable ->
                throw UserError.usage(unreadable.path() + ": " + unreadable.reason());
        };
    }

    /** All packs that a path means: itself, or those below it. */
    static List<PackSource> readAll(Shell shell, String path) {
        Path place = Path.of(path);
        if (path.equals("-") || !Files.isDirectory(place) || isPack(place)) {
            return List.of(read(shell, path));
        }
        List<Path> found = new ArrayList<>();
        look(place, found);
        if (found.isEmpty()) {
            throw UserError.usage(path + ": neither a pack nor a `.dl` file in this folder");
        }
        return found.stream().map(p -> read(shell, p.toString())).toList();
    }

    /** The packs in a server's folder that have no errors; none where there is no such folder. */
    static List<PackModel> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        look(folder, found);
        return found.stream().map(PackFolder::read).flatMap(read -> switch (read) {
            case PackRead.Found pack -> Compiler.compile(pack.source()).pack().stream();
            case PackRead.Unreadable _ -> Stream.empty();
        }).toList();
    }

    /** A pack that can be run; its problems are said on standard error. */
    static PackModel compile(Shell shell, String path) {
        Compilation compilation = Compiler.compile(read(shell, path));
        DiagnosticRenderer renderer = new DiagnosticRenderer(compilation.sources().values());
        if (compilation.hasErrors()) {
            shell.err().print(renderer.text(compilation.diagnostics().stream()
                    .filter(d -> d.severity() == Severity.ERROR).toList(), shell.colourErr()));
            throw new UserError(Exit.FOUND, path + " has errors, so nothing was run");
        }
        long warnings = compilation.diagnostics().stream().filter(d -> d.severity() == Severity.WARNING).count();
        if (warnings > 0) {
            shell.err()
                    .println(path + ": " + Count.of(warnings, "warning") + ", shown by `prunella check " + path + "`");
        }
        return compilation.orThrow();
    }

    /** A pack of ours, whose warnings are known. */
    static PackModel compileQuietly(String path) {
        return switch (PackFolder.read(Path.of(path))) {
            case PackRead.Found found -> Compiler.compile(found.source()).orThrow();
            case PackRead.Unreadable unreadable ->
                throw UserError.usage(unreadable.path() + ": " + unreadable.reason());
        };
    }

    private static boolean isPack(Path folder) {
        return Files.exists(folder.resolve("pack.dl")) || Files.isDirectory(folder.resolve("rules"));
    }

    private static void look(Path folder, List<Path> found) {
        if (isPack(folder)) {
            found.add(folder);
            return;
        }
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            children = listed.sorted().toList();
        } catch (IOException e) {
            throw UserError.usage(folder + ": cannot be read: " + e.getMessage());
        }
        for (Path child : children) {
            String name = String.valueOf(child.getFileName());
            if (name.startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(child) && !Files.isSymbolicLink(child)) {
                look(child, found);
            } else if (name.endsWith(".dl")) {
                found.add(child);
            }
        }
    }
}
