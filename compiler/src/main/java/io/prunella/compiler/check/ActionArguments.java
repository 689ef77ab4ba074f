package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Step.ArgumentValue;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what a step hands on: to its action, in its event, to a ticket. */
final class ActionArguments {
    private final Symbols symbols;
    private final Place place;
    private final Source source;
    private final Diagnostics problems;

    ActionArguments(Symbols symbols, Place place, Source source, Diagnostics problems) {
        this.symbols = symbols;
        this.place = place;
        this.source = source;
        this.problems = problems;
    }

    static boolean forAction(Step.Argument option) {
        String name = option.name().text();
        return !StepCheck.SETTINGS.contains(name) && !name.equals("target");
    }

    /** Arguments of an action that nothing declares: only their placeholders can be wrong. */
    void templates(Step.Invoke step) {
        for (Step.Argument option : step.options()) {
            if (forAction(option)) {
                type(option.value());
            }
        }
    }

    /** What an event is emitted with, and what its declaration says of it. */
    void attributes(Expr.MapLiteral attributes, Optional<Declaration.Event> event) {
        for (Expr.Entry entry : attributes.entries()) {
            String name = entry.name().text();
            Type given = type(entry.value());
            Optional<Declaration.Field> field = event.stream().flatMap(e -> e.fields().stream())
                    .filter(f -> f.name().text().equals(name)).findFirst();
            Optional<Type.Of> wanted = field.flatMap(f -> Type.named(f.type().text()));
            if (Attributes.BUILT_IN.contains(name)) {
                problems.report(DiagnosticCode.RESERVED_NAME, entry.name().span())
                        .message("every event has `%s` already", name).help("give the attribute another name");
            } else if (field.isEmpty() && event.filter(e -> !e.fields().isEmpty()).isPresent()) {
                problems.report(DiagnosticCode.UNDECLARED_ATTRIBUTE, entry.name().span())
                        .message("event `%s` declares no attribute `%s`", event.get().name().text(), name)
                        .help(Closest.question(name,
                                event.get().fields().stream().map(f -> f.name().text()).toList()));
            } else if (wanted.isPresent() && given instanceof Type.Of of
                    && of.dimension() != wanted.get().dimension()) {
                problems.report(DiagnosticCode.WRONG_ARGUMENT, entry.value().span())
                        .message("`%s` is %s, and `%s` is %s", name, wanted.get().phrase(),
                                source.slice(entry.value().span()), of.phrase());
            }
        }
    }

    void check(Step.Invoke step, Declaration.Action action) {
        List<String> names = action.parameters().stream().map(p -> p.name().text()).toList();
        for (Step.Argument option : step.options()) {
            if (!forAction(option)) {
                continue;
            }
            String name = option.name().text();
            Optional<Declaration.Parameter> parameter = action.parameters().stream()
                    .filter(p -> p.name().text().equals(name)).findFirst();
            Type given = type(option.value());
            if (parameter.isPresent()) {
                fits(option, parameter.get(), given);
            } else {
                List<String> known = new ArrayList<>(names);
                known.addAll(StepCheck.SETTINGS);
                known.add("target");
                problems.report(DiagnosticCode.UNKNOWN_ARGUMENT, option.name().span())
                        .message("action `%s` takes no `%s`", action.name().text(), name)
                        .help(Closest.question(name, known).or(() -> names.isEmpty()
                                ? Optional.of("it takes no arguments")
                                : Optional.of("it takes " + Choices.listed(names))));
            }
        }
        for (Declaration.Parameter parameter : action.parameters()) {
            if (parameter.defaultValue().isEmpty()
                    && StepCheck.option(step, parameter.name().text()).isEmpty()) {
                problems.report(DiagnosticCode.MISSING_ARGUMENT, step.positional().getFirst().span())
                        .message("action `%s` needs the argument `%s`, %s", action.name().text(),
                                parameter.name().text(), Type.phrase(parameter.type().text()));
            }
        }
    }

    private void fits(Step.Argument option, Declaration.Parameter parameter, Type given) {
        Optional<Type.Of> wanted = Type.named(parameter.type().text());
        if (wanted.isPresent() && given instanceof Type.Of of && of.dimension() != wanted.get().dimension()) {
            problems.report(DiagnosticCode.WRONG_ARGUMENT, option.value().span())
                    .message("`%s` is %s, and `%s` is %s", option.name().text(), wanted.get().phrase(),
                            source.slice(option.value().span()), of.phrase());
        }
    }

    private Type type(ArgumentValue value) {
        return switch (value) {
            case ArgumentValue.Value plain -> type(plain.expr());
            case ArgumentValue.Word _,ArgumentValue.Backoff _,ArgumentValue.Targets _ -> wrong(value.span());
        };
    }

    private Type type(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral number -> Type.of(number);
            case Expr.StringLiteral text -> {
                new TemplateCheck(symbols, place, problems).check(text);
                yield Type.Of.of(Dimension.STRING);
            }
            case Expr.BooleanLiteral _ -> Type.Of.of(Dimension.BOOLEAN);
            case Expr.Path path when path.root().text().equals("steps") -> Type.anything();
            case Expr.Path path -> values().type(path);
            case Expr.Keyword keyword when keyword.term() == Expr.KeywordTerm.ENTITY -> Type.Of.of(Dimension.STRING);
            case Expr.Call call when call.function().text().equals("value") -> values().type(call);
            case Expr.Negate negate when negate.operand() instanceof Expr.NumberLiteral -> type(negate.operand());
            case Expr.ListLiteral list -> {
                list.items().forEach(this::type);
                yield Type.anything();
            }
            case Expr.MapLiteral map -> {
                map.entries().forEach(entry -> type(entry.value()));
                yield Type.anything();
            }
            case Expr other -> wrong(other.span());
        };
    }

    private ValueCheck values() {
        return new ValueCheck(symbols, MetricTypes.NONE, place, source, problems);
    }

    private Type wrong(io.prunella.dsl.ast.Span span) {
        problems.report(DiagnosticCode.WRONG_ARGUMENT, span)
                .message("`%s` cannot be handed on", source.slice(span))
                .help("values in quotes, numbers, `true`, `event.x`, `label.x`, `value(x)`, `entity` and `steps.<id>.<field>` can");
        return Type.anything();
    }
}
