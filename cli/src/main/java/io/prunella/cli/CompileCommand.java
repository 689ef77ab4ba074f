package io.prunella.cli;

import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.drools.DrlPrinter;
import io.prunella.compiler.drools.UserRule;
import io.prunella.compiler.print.PackJson;
import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(name = "compile", mixinStandardHelpOptions = true, description = "Prints what a pack becomes: its rules as they are evaluated, and its plans as they are executed.", footer = {
        "", "Ends with 1 if the pack has errors."})
final class CompileCommand implements Action {
    private final Shell shell;

    @CommandLine.Parameters(paramLabel = "PATH", description = "a pack's folder, a .dl file, or - for standard input")
    private String path = "";

    @CommandLine.Option(names = "--drl", description = "the rules as Drools' DRL, which fires alike")
    private boolean drl;

    @CommandLine.Option(names = "--plan", description = "the execution plans as JSON, with where each value comes from")
    private boolean plan;

    @CommandLine.Option(names = "--stages", description = "the stages of compilation, and why they come in this order")
    private boolean stages;

    @SuppressWarnings("UnusedVariable") // taken because every command takes it
    @CommandLine.Option(names = "--json", description = "JSON, which is what is printed without it too")
    private boolean json;

    CompileCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        Compilation compilation = Compiler.compile(Packs.read(shell, path));
        shell.err().print(new DiagnosticRenderer(compilation.sources().values()).text(compilation.diagnostics(),
                shell.colourErr()));
        if (stages) {
            int number = 1;
            for (Compiler.Stage stage : Compiler.stages()) {
                shell.out().printf("%d  %-10s %s%n", number++, stage.name(), stage.reason());
            }
        }
        if (compilation.hasErrors()) {
            throw new UserError(Exit.FOUND, path + " has errors, so it becomes nothing");
        }
        if (drl) {
            shell.out().print(withEnd(DrlPrinter.print(UserRule.of(List.of(compilation.orThrow())))));
        }
        if (plan) {
            shell.out().print(withEnd(PackJson.plans(compilation.orThrow(), compilation.provenance())));
        }
        if (!drl && !plan && !stages) {
            shell.out().print(withEnd(PackJson.rules(compilation.orThrow())));
        }
        return Exit.OK;
    }

    private static String withEnd(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }
}
