package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks {@code steps.<id>.<field>} in conditions: what an earlier step of the rule returned. */
final class StepReference {
    static final String ROOT = "steps";
    /** What a command returns whether `returns` says so or not. */
    private static final List<String> BY_ANY_COMMAND = List.of("exit", "output");

    private final Symbols symbols;
    private final Place place;
    private final Source source;
    private final Diagnostics problems;

    StepReference(Symbols symbols, Place place, Source source, Diagnostics problems) {
        this.symbols = symbols;
        this.place = place;
        this.source = source;
        this.problems = problems;
    }

    /** The steps that have an id, with the action that each runs; an empty name for one that runs none. */
    static Map<String, String> ids(List<Step> steps) {
        Map<String, String> ids = new HashMap<>();
        for (Step step : steps) {
            if (step instanceof Step.Invoke invoke) {
                StepCheck.option(invoke, "id").flatMap(id -> Choices.word(id.value()))
                        .ifPresent(id -> ids.put(id, action(invoke)));
            }
        }
        return ids;
    }

    private static String action(Step.Invoke step) {
        boolean runs = step.verb() == Step.Verb.EXECUTE || step.verb() == Step.Verb.COLLECT;
        return runs && !step.positional().isEmpty() ? Choices.word(step.positional().getFirst()).orElse("") : "";
    }

    Type type(Expr.Path path) {
        String text = source.slice(path.span());
        switch (place.kind()) {
            case IF, VERIFY, STEP -> {
                // Steps have run by then.
            }
            case WHERE, WHEN, UNLESS, UNTIL, GUARD, SUPPRESS -> {
                problems.report(DiagnosticCode.UNKNOWN_REFERENCE, path.span())
                        .message("`%s` is what a step returned, and no step has run when this is judged", text)
                        .help("ask for it in a step's `if`, in `wait(until: …)` or in `verify`");
                return Type.anything();
            }
        }
        String id = path.fields().getFirst().text();
        if (!place.steps().containsKey(id)) {
            problems.report(DiagnosticCode.UNKNOWN_REFERENCE, path.fields().getFirst().span())
                    .message("no step of this rule has the id `%s`", id)
                    .help(Closest.question(id, place.steps().keySet())
                            .orElse("give a step that id, e.g. `execute(\"…\", id: " + id + ")`"));
            return Type.anything();
        }
        if (path.fields().size() < 2) {
            problems.report(DiagnosticCode.UNKNOWN_REFERENCE, path.span())
                    .message("`%s` names a step, and what it returned has names of its own", text)
                    .help("write `" + text + ".<field>`");
            return Type.anything();
        }
        return field(path, place.steps().getOrDefault(id, ""));
    }

    private Type field(Expr.Path path, String action) {
        Optional<Expr.MapLiteral> returns = Optional.ofNullable(symbols.actions().get(action))
                .flatMap(declared -> returns(declared.declaration()));
        String field = path.fields().get(1).text();
        if (returns.isEmpty() || path.fields().size() != 2 || BY_ANY_COMMAND.contains(field)) {
            return Type.anything();
        }
        List<String> names = returns.get().entries().stream().map(entry -> entry.name().text()).toList();
        if (!names.contains(field)) {
            problems.report(DiagnosticCode.UNKNOWN_REFERENCE, path.fields().get(1).span())
                    .message("action `%s` says in `returns` that it returns no `%s`", action, field)
                    .help(Closest.question(field, names)
                            .orElse("add it there, e.g. `returns: {" + field + ": string}`"));
            return Type.anything();
        }
        return returns.get().entries().stream().filter(entry -> entry.name().text().equals(field)).findFirst()
                .flatMap(entry -> Choices.word(entry.value())).flatMap(Type::named).map(Type.class::cast)
                .orElse(Type.anything());
    }

    private static Optional<Expr.MapLiteral> returns(Declaration.Action action) {
        return action.properties().stream().filter(property -> property.name().text().equals("returns"))
                .map(Expr.Entry::value).filter(Expr.MapLiteral.class::isInstance).map(Expr.MapLiteral.class::cast)
                .filter(map -> !map.entries().isEmpty()).findFirst();
    }
}
