package io.prunella.compiler.check;

import io.prunella.compiler.pack.PackSource;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.List;
import java.util.Map;

/** Checks everything that a pack declares, once its names and the types of its metrics are known. */
public final class Checks {
    private Checks() {}

    /**
     * Reports what is wrong with names, types and units, and what this version does not execute.
     *
     * @param files by path as shown
     */
    public static void run(PackSource pack, Map<String, ParsedFile> files, Symbols symbols, MetricTypes metrics,
            Problems problems) {
        for (ParsedFile file : files.values()) {
            Diagnostics report = problems.in(file.path());
            DeclarationCheck declarations = new DeclarationCheck(report);
            for (Declaration declaration : file.tree().declarations()) {
                Unexecuted.declaration(declaration, report);
                switch (declaration) {
                    case Declaration.Metric metric -> declarations.metric(metric);
                    case Declaration.Event event -> declarations.event(event);
                    case Declaration.Channel channel -> declarations.channel(channel);
                    case Declaration.Action action -> new ActionCheck(pack, symbols, report).check(action);
                    case Declaration.Test test -> new TestCheck(symbols, metrics, file.source(), report).check(test);
                    case Declaration.Guard guard ->
                        new GuardCheck(symbols, metrics, file.source(), report).guard(guard);
                    case Declaration.Suppress suppress ->
                        new GuardCheck(symbols, metrics, file.source(), report).suppress(suppress);
                    case Declaration.Rule _,Declaration.Pack _,Declaration.Recording _,Declaration.Slo _ -> {
                        // Rules follow under their names; the rest was read or refused already.
                    }
                }
            }
        }
        for (RuleDeclaration rule : symbols.rules()) {
            ParsedFile file = files.get(rule.file());
            if (file != null) {
                new RuleCheck(symbols, metrics, rule, file.source(), problems.in(rule.file())).check();
            }
        }
        nothing(pack, List.copyOf(files.values()), symbols, problems);
    }

    private static void nothing(PackSource pack, List<ParsedFile> files, Symbols symbols, Problems problems) {
        boolean declaresNothing = files.stream().allMatch(f -> f.tree().declarations().isEmpty());
        if (!symbols.rules().isEmpty() || !symbols.complete() || (pack.single() && !declaresNothing)) {
            return;
        }
        String file = files.isEmpty() ? pack.folder() : files.getFirst().path();
        problems.in(file).report(DiagnosticCode.NO_RULES, Span.NONE)
                .message("%s", pack.single()
                        ? "the file declares nothing"
                        : "the pack `" + symbols.pack().name()
                                + "` has no rules")
                .help(pack.single()
                        ? "write a rule, e.g. `on event: \"node_unreachable\"` and `then: notify(\"oncall\", \"…\")`"
                        : "rules stand in files under `rules/` that end in `.dl`");
    }
}
