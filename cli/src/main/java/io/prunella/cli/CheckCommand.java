package io.prunella.cli;

import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import io.prunella.dsl.diagnostic.Severity;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "check", mixinStandardHelpOptions = true, description = "Parses, type-checks and analyses packs or files.", footer = {
        "", "Ends with 0 if all is clean or there are only warnings, with 1 if there are errors (with --strict",
        "warnings too), with 2 for bad usage or a path that cannot be read."})
final class CheckCommand implements Action {

    /** How problems are shown. */
    enum Format {
        text, json, sarif
    }

    private final Shell shell;

    @CommandLine.Parameters(arity = "1..*", paramLabel = "PATH", description = "a pack's folder, a folder of packs, a .dl file, or - for standard input")
    private List<String> paths = List.of();

    @CommandLine.Option(names = "--strict", description = "warnings count as errors")
    private boolean strict;

    @CommandLine.Option(names = "--format", paramLabel = "text|json|sarif", description = "how problems are shown (default: text)")
    private Format format = Format.text;

    @CommandLine.Option(names = "--json", description = "the same as --format json")
    private boolean json;

    @CommandLine.Option(names = "--policy", paramLabel = "FILE", hidden = true)
    private Optional<String> policy = Optional.empty();

    CheckCommand(Shell shell) {
        this.shell = shell;
    }

    /** As if picocli had read it. */
    static CheckCommand of(Shell shell, List<String> paths, boolean strict) {
        CheckCommand command = new CheckCommand(shell);
        command.paths = List.copyOf(paths);
        command.strict = strict;
        return command;
    }

    /** What was understood of the arguments. */
    @Override
    public String toString() {
        return paths + (strict ? " strict " : " ") + (json ? Format.json : format) + policy.orElse("");
    }

    @Override
    public int run() {
        Later.refuse("--policy", policy.isPresent());
        List<Diagnostic> problems = new ArrayList<>();
        List<Source> texts = new ArrayList<>();
        for (String path : paths) {
            for (PackSource source : Packs.readAll(shell, path)) {
                Compilation compilation = Compiler.compile(source);
                problems.addAll(compilation.diagnostics());
                texts.addAll(compilation.sources().values());
            }
        }
        print(problems, texts);
        long errors = count(problems, Severity.ERROR);
        long warnings = count(problems, Severity.WARNING);
        shell.err().println(Count.of(texts.size(), "file") + ": " + (errors + warnings == 0
                ? "no problems"
                : Count.of(errors, "error") + ", " + Count.of(warnings, "warning")));
        return errors > 0 || (strict && warnings > 0) ? Exit.FOUND : Exit.OK;
    }

    private void print(List<Diagnostic> problems, List<Source> texts) {
        DiagnosticRenderer renderer = new DiagnosticRenderer(texts);
        shell.out().print(switch (json ? Format.json : format) {
            case text -> renderer.text(problems, shell.colourOut());
            case json -> renderer.jsonLines(problems);
            case sarif -> renderer.sarif(problems, Main.version());
        });
    }

    private static long count(List<Diagnostic> problems, Severity severity) {
        return problems.stream().filter(d -> d.severity() == severity).count();
    }
}
