package io.prunella.cli;

import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import io.prunella.dsl.format.DlFormatter;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

@CommandLine.Command(name = "fmt", mixinStandardHelpOptions = true, description = "Formats .dl files in place; - formats standard input to standard output.", footer = {
        "", "Ends with 1 if --check finds a difference, or if a file has errors: such a file is left as it is."})
final class FmtCommand implements Action {
    private static final int MOST_BYTES = DlParser.LARGEST_FILE + 1;

    private final Shell shell;

    @CommandLine.Parameters(arity = "1..*", paramLabel = "PATH", description = "a .dl file, a folder of them, or - for standard input")
    private List<String> paths = List.of();

    @CommandLine.Option(names = "--check", description = "change nothing, name the files that would change")
    private boolean check;

    @CommandLine.Option(names = "--diff", description = "change nothing, show what would change")
    private boolean diff;

    FmtCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        int worst = Exit.OK;
        for (String path : paths) {
            for (String file : files(path)) {
                worst = Math.max(worst, format(file));
            }
        }
        return worst;
    }

    private int format(String file) {
        ParseResult parsed = DlParser.parse(file.equals("-") ? "stdin.dl" : file, read(file));
        if (parsed.hasErrors()) {
            shell.err().print(new DiagnosticRenderer(List.of(parsed.source())).text(parsed.diagnostics(),
                    shell.colourErr()));
            shell.err().println(parsed.source().path() + " has errors and was left as it is");
            return Exit.FOUND;
        }
        String before = parsed.source().text();
        String after = DlFormatter.format(parsed);
        boolean differs = !before.equals(after);
        if (diff && differs) {
            shell.out().print(UnifiedDiff.of(parsed.source().path(), before, after));
        } else if (check && differs) {
            shell.out().println(parsed.source().path());
        } else if (!check && !diff && file.equals("-")) {
            shell.out().print(after);
        } else if (!check && !diff && differs) {
            write(Path.of(file), after);
            shell.err().println("formatted " + file);
        }
        return check && differs ? Exit.FOUND : Exit.OK;
    }

    private byte[] read(String file) {
        if (file.equals("-")) {
            try {
                return shell.in().readNBytes(MOST_BYTES);
            } catch (IOException e) {
                throw UserError.usage("cannot read standard input: " + e.getMessage());
            }
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            throw UserError.usage(file + ": " + reason(Path.of(file)));
        }
    }

    private static String reason(Path file) {
        return Files.exists(file) ? "cannot be read (permission denied?)" : "no such file or folder";
    }

    // Beside the file first, then in its place: a full disk never leaves half a file.
    private static void write(Path named, String text) {
        try {
            Path file = named.toRealPath();
            Path folder = file.getParent() == null ? Path.of(".") : file.getParent();
            Path beside = Files.createTempFile(folder, ".prunella-fmt", ".dl");
            try {
                Files.writeString(beside, text, StandardCharsets.UTF_8);
                Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw UserError.usage(named + ": cannot be written: " + e.getMessage());
        }
    }

    private static List<String> files(String path) {
        Path place = Path.of(path);
        if (path.equals("-") || !Files.isDirectory(place)) {
            return List.of(path);
        }
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(place)) {
            all.filter(p -> p.toString().endsWith(".dl") && Files.isRegularFile(p)).sorted()
                    .forEach(p -> found.add(p.toString()));
        } catch (IOException | java.io.UncheckedIOException e) {
            throw UserError.usage(path + ": cannot be read: " + e.getMessage());
        }
        return found;
    }
}
