package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Declared;
import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.Symbols;
import io.prunella.compiler.pack.RecordedNames;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Given;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.SourceFile;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Metrics and events that rules wait for and that no test and no recording of the pack ever has: what they do is not
 * proven, and often a name is only misspelt. A pack with neither is not asked.
 */
final class Supplies {
    /** What the server itself sends. */
    private static final Set<String> OWN_EVENTS = Set.of("source_silent");
    private static final String RECORDINGS = "recordings/";

    private final Set<String> metrics;
    private final Set<String> events;
    private boolean known;
    private boolean any;
    private final Map<String, Use> used = new LinkedHashMap<>();

    private Supplies(RecordedNames recorded) {
        this.metrics = new HashSet<>(recorded.metrics());
        this.events = new HashSet<>(recorded.events());
        this.events.addAll(OWN_EVENTS);
        this.known = recorded.complete();
        this.any = !recorded.metrics().isEmpty() || !recorded.events().isEmpty();
    }

    private record Use(String what, Name name, String file) {}

    static void run(List<Profile> rules, Collection<SourceFile> files, Symbols symbols, RecordedNames recorded,
            Problems problems) {
        Supplies supplies = new Supplies(recorded);
        files.forEach(file -> file.declarations().forEach(supplies::declaration));
        symbols.tests().stream().map(Declared::declaration).forEach(supplies::test);
        if (symbols.single() || !symbols.complete() || !supplies.known || !supplies.any) {
            return;
        }
        rules.forEach(supplies::rule);
        supplies.used.values().forEach(use -> supplies.report(use, problems));
    }

    private void declaration(Declaration declaration) {
        if (declaration instanceof Declaration.Recording recording) {
            metrics.add(recording.name().text());
        }
    }

    private void test(Declaration.Test test) {
        any = true;
        for (Given given : test.given()) {
            switch (given) {
                case Given.Samples samples -> metrics.add(samples.metric().text());
                case Given.EventAt event -> events.add(event.type().text());
                case Given.RecordingFile file -> known &= file.path().text().startsWith(RECORDINGS);
                case Given.Scripted _ -> {
                    // Supplies nothing.
                }
            }
        }
    }

    private void rule(Profile rule) {
        String file = rule.rule().file();
        Steps.of(Step.Verb.EMIT, rule.clauses().steps()).forEach(emit -> Steps.name(emit).ifPresent(events::add));
        rule.clauses().one(Clause.On.class).ifPresent(on -> {
            if (on.trigger() instanceof Trigger.OnEvent event) {
                Ast.walk(event, node -> {
                    if (node instanceof Trigger.EventPattern pattern) {
                        pattern.types().forEach(type -> use("event", type, file));
                    }
                });
            }
        });
        Conditions.of(rule.clauses()).forEach(condition -> Ast.walk(condition.expr(), node -> {
            if (node instanceof Expr.Series series) {
                use("metric", series.name(), file);
            } else if (node instanceof Expr.EventCount count) {
                use("event", count.type(), file);
            } else if (node instanceof Expr.TimeSince since && since.kind() == Expr.SinceKind.EVENT) {
                use("event", since.name(), file);
            }
        }));
    }

    private void use(String what, Name name, String file) {
        used.putIfAbsent(what + ' ' + name.text(), new Use(what, name, file));
    }

    private void report(Use use, Problems problems) {
        Set<String> supplied = use.what().equals("metric") ? metrics : events;
        String name = use.name().text();
        if (!supplied.contains(name)) {
            problems.in(use.file()).report(DiagnosticCode.NEVER_SUPPLIED, use.name().span())
                    .message("no test and no recording of this pack has the %s `%s`", use.what(), name)
                    .help(Closest.question(name, supplied).orElse(use.what().equals("metric")
                            ? "give it in a test, e.g. `node-1 " + name + ": 1 x 8 every 15s`"
                            : "give it in a test, e.g. `at 20s: event \"" + name + "\" on node-1`"));
        }
    }
}
