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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Checks a rule's steps: what they name exists, and what they are given fits. */
public final class StepCheck {
    static final int MOST_RETRIES = 1000;
    /** What every step takes; none of them goes to the action. */
    public static final List<String> SETTINGS = List.of("timeout", "retry", "backoff", "on_failure", "if", "id");

    private final Symbols symbols;
    private final Place place;
    private final Source source;
    private final Diagnostics problems;
    private final BiConsumer<Place.Kind, Expr> conditions;
    private final Set<String> ids = new HashSet<>();

    /**
     * Checks steps of one rule.
     *
     * @param conditions what checks a step's {@code if:} and {@code until:}
     */
    StepCheck(Symbols symbols, Place place, Source source, Diagnostics problems,
            BiConsumer<Place.Kind, Expr> conditions) {
        this.symbols = symbols;
        this.place = place;
        this.source = source;
        this.problems = problems;
        this.conditions = conditions;
    }

    /** A step's {@code if:}. */
    public static Optional<Expr> condition(Step step) {
        return switch (step) {
            case Step.Invoke invoke -> option(invoke, "if").flatMap(StepCheck::value);
            case Step.Parallel _ -> Optional.empty();
        };
    }

    /** What a {@code wait(until: …)} waits for. */
    public static Optional<Expr> until(Step step) {
        return switch (step) {
            case Step.Invoke invoke when invoke.verb() == Step.Verb.WAIT ->
                option(invoke, "until").flatMap(StepCheck::value);
            case Step.Invoke _,Step.Parallel _ -> Optional.empty();
        };
    }

    /** A step's option of that name. */
    public static Optional<Step.Argument> option(Step.Invoke step, String name) {
        return step.options().stream().filter(o -> o.name().text().equals(name)).findFirst();
    }

    /** What an option is given, unless it is one of the special forms. */
    public static Optional<Expr> value(Step.Argument option) {
        return option.value() instanceof ArgumentValue.Value v ? Optional.of(v.expr()) : Optional.empty();
    }

    void check(Step step) {
        switch (step) {
            case Step.Parallel _ -> {
                // Its branches are steps of the rule, and come one by one.
            }
            case Step.Invoke invoke -> {
                duplicates(invoke);
                invoke.options().forEach(this::setting);
                switch (invoke.verb()) {
                    case EXECUTE -> action(invoke);
                    case NOTIFY -> notify(invoke);
                    case WAIT -> pause(invoke);
                    case COLLECT -> action(invoke);
                    case APPROVE -> approve(invoke);
                    case EMIT -> emit(invoke);
                    case TICKET -> ticket(invoke);
                }
            }
        }
    }

    private void duplicates(Step.Invoke step) {
        Set<String> seen = new HashSet<>();
        for (Step.Argument option : step.options()) {
            if (!seen.add(option.name().text())) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, option.name().span())
                        .message("`%s` is given twice", option.name().text());
            }
        }
    }

    private void setting(Step.Argument option) {
        ArgumentValue value = option.value();
        switch (option.name().text()) {
            case "timeout" -> {
                if (literal(value, Dimension.DURATION).filter(n -> n.value() > 0).isEmpty()) {
                    bad(option, "`timeout` takes a duration above 0", "e.g. `timeout: 45s`");
                }
            }
            case "retry" -> {
                if (literal(value, Dimension.NUMBER).filter(StepCheck::wholeRetries).isEmpty()) {
                    bad(option, "`retry` takes a whole number from 0 to " + MOST_RETRIES, "e.g. `retry: 2`");
                }
            }
            case "backoff" -> backoff(option);
            case "on_failure" -> Choices.check(Choices.word(value).orElse(source.slice(value.span())), value.span(),
                    "`on_failure`", Choices.ON_FAILURE, problems);
            case "if" -> {
                if (value instanceof ArgumentValue.Value v) {
                    conditions.accept(Place.Kind.IF, v.expr());
                } else {
                    bad(option, "`if` takes a condition", "e.g. `if: cpu_load > 95%`");
                }
            }
            case "id" -> id(option);
            default -> {
                // For the action, or for nobody: its step says.
            }
        }
    }

    private static boolean wholeRetries(Expr.NumberLiteral n) {
        return !n.percent() && n.value() >= 0 && n.value() <= MOST_RETRIES && n.value() == Math.rint(n.value());
    }

    private void backoff(Step.Argument option) {
        boolean good = switch (option.value()) {
            case ArgumentValue.Backoff b -> b.factor() >= 1 && b.factor() <= 1000
                    && b.max().map(max -> max.millis() >= b.first().millis()).orElse(true);
            case ArgumentValue.Value _ -> literal(option.value(), Dimension.DURATION).isPresent();
            case ArgumentValue.Targets _,ArgumentValue.Word _ -> false;
        };
        if (!good) {
            bad(option, "`backoff` takes a first pause, a factor from 1 and a maximum not below the first",
                    "e.g. `backoff: 2s x 2.0 max 30s`");
        }
    }

    private void id(Step.Argument option) {
        Optional<String> id = Choices.word(option.value());
        if (id.filter(i -> i.matches("[A-Za-z_][A-Za-z0-9_]*")).isEmpty()) {
            bad(option, "`id` takes a name", "e.g. `id: drain`");
        } else if (!ids.add(id.get())) {
            problems.report(DiagnosticCode.DUPLICATE_NAME, option.value().span())
                    .message("two steps of this rule have the id `%s`", id.get());
        }
    }

    private void bad(Step.Argument option, String message, String help) {
        problems.report(DiagnosticCode.BAD_SETTING, option.value().span())
                .message("%s, not `%s`", message, source.slice(option.value().span())).help(help);
    }

    private static Optional<Expr.NumberLiteral> literal(ArgumentValue value, Dimension dimension) {
        return value instanceof ArgumentValue.Value plain && plain.expr() instanceof Expr.NumberLiteral number
                && number.dimension() == dimension ? Optional.of(number) : Optional.empty();
    }

    /** A step that runs an action: {@code execute}, {@code collect}. */
    private void action(Step.Invoke step) {
        option(step, "target").ifPresent(this::target);
        Optional<String> name = firstWord(step);
        if (name.isEmpty()) {
            String verb = step.verb().name().toLowerCase(Locale.ROOT);
            problems.report(DiagnosticCode.MISSING_ARGUMENT, step.span()).message("`%s` names no action", verb)
                    .help(step.verb() == Step.Verb.EXECUTE
                            ? "e.g. `execute(\"reboot_node\")`"
                            : "e.g. `collect(\"gc_log\")`");
            return;
        }
        surplus(step, 1);
        ActionArguments arguments = new ActionArguments(symbols, place, source, problems);
        Optional<Declaration.Action> action = symbols.action(name.get());
        if (action.isPresent()) {
            arguments.check(step, action.get());
            if (step.verb() == Step.Verb.COLLECT && destructive(action.get())) {
                problems.report(DiagnosticCode.WRONG_ARGUMENT, step.positional().getFirst().span())
                        .message("`collect` only reads, and `%s` is destructive", name.get())
                        .help("run it with `execute`, which is limited and locked");
            }
        } else {
            undeclared(name.get(), step.positional().getFirst());
            arguments.templates(step);
        }
    }

    private static boolean destructive(Declaration.Action action) {
        return action.properties().stream().anyMatch(property -> property.name().text().equals("destructive")
                && property.value() instanceof Expr.BooleanLiteral flag && flag.value());
    }

    private void undeclared(String name, Expr at) {
        Optional<String> near = Closest.question(name, symbols.actions().keySet());
        if (symbols.single()) {
            problems.report(DiagnosticCode.UNDECLARED_ACTION, at.span())
                    .message("nothing declares the action `%s`, so it can be simulated but not run", name)
                    .help(near.orElse("declare it with `action " + name + "`"));
        } else if (symbols.complete() || near.isPresent()) {
            problems.report(DiagnosticCode.UNKNOWN_ACTION, at.span()).message("no action is called `%s`", name)
                    .help(near.orElse("declare it with `action " + name + "`"));
        }
    }

    private void target(Step.Argument option) {
        switch (option.value()) {
            case ArgumentValue.Targets targets -> Unexecuted.report(problems, targets.span(), switch (targets.set()) {
                case PARENT -> "`target: parent`";
                case NODES, HEALS, CHILDREN, ANCESTORS -> "a target of several entities";
            });
            case ArgumentValue.Backoff backoff -> bad(option, "`target` takes an entity", "e.g. `target: \"node-1\"`");
            case ArgumentValue.Word word -> emptyTarget(word.word().text(), option);
            case ArgumentValue.Value value -> {
                switch (value.expr()) {
                    case Expr.StringLiteral text -> {
                        new TemplateCheck(symbols, place, problems).check(text);
                        emptyTarget(text.text(), option);
                    }
                    case Expr.Path path -> new ValueCheck(symbols, MetricTypes.NONE, place, source, problems)
                            .type(path);
                    case Expr.Keyword keyword when keyword.term() == Expr.KeywordTerm.PARENT -> {
                        // Whoever stands above the entity in the topology.
                    }
                    case Expr other when Choices.word(other).isPresent() -> {
                        // An entity by its bare name.
                    }
                    case Expr other -> bad(option, "`target` takes an entity", "e.g. `target: \"node-1\"`");
                }
            }
        }
    }

    private void emptyTarget(String text, Step.Argument option) {
        if (text.isBlank()) {
            problems.report(DiagnosticCode.EMPTY_TARGET, option.value().span())
                    .message("the target is empty, and empty never means all")
                    .help("name an entity, or leave `target` out for the one that the rule fired for");
        }
    }

    private void surplus(Step.Invoke step, int allowed) {
        for (Expr extra : step.positional().subList(Math.min(allowed, step.positional().size()),
                step.positional().size())) {
            problems.report(DiagnosticCode.UNKNOWN_ARGUMENT, extra.span())
                    .message("`%s` is one argument too many", source.slice(extra.span()))
                    .help("give it a name: `name: value`");
        }
    }

    private void notify(Step.Invoke step) {
        Optional<String> channel = firstWord(step);
        if (channel.isEmpty() || step.positional().size() < 2) {
            problems.report(DiagnosticCode.MISSING_ARGUMENT, step.span())
                    .message("`notify` takes a channel and a text")
                    .help("e.g. `notify(\"oncall\", \"{{ entity }} is down\")`");
            return;
        }
        surplus(step, 2);
        unknownOptions(step, List.of());
        declaredChannel(channel.get(), step.positional().getFirst());
        if (step.positional().get(1) instanceof Expr.StringLiteral text) {
            new TemplateCheck(symbols, place, problems).check(text);
        } else {
            problems.report(DiagnosticCode.WRONG_ARGUMENT, step.positional().get(1).span())
                    .message("the text of `notify` stands in quotes").help("e.g. `\"{{ event.reason }}\"`");
        }
    }

    private void declaredChannel(String name, Expr at) {
        if (symbols.channels().containsKey(name)) {
            return;
        }
        Optional<String> near = Closest.question(name, symbols.channels().keySet());
        String declare = "declare it, e.g. `channel " + name + ": log`";
        if (symbols.single()) {
            problems.report(DiagnosticCode.UNDECLARED_CHANNEL, at.span())
                    .message("nothing declares the channel `%s`, so nobody hears of it", name)
                    .help(near.orElse(declare));
        } else if (symbols.complete() || near.isPresent()) {
            problems.report(DiagnosticCode.UNKNOWN_CHANNEL, at.span()).message("no channel is called `%s`", name)
                    .help(near.orElse(declare));
        }
    }

    private void pause(Step.Invoke step) {
        Optional<Step.Argument> until = option(step, "until");
        if (until.isPresent()) {
            surplus(step, 0);
            unknownOptions(step, List.of("until"));
            value(until.get()).ifPresentOrElse(condition -> conditions.accept(Place.Kind.VERIFY, condition),
                    () -> bad(until.get(), "`until` takes a condition", "e.g. `wait(until: up == 1, timeout: 5m)`"));
            return;
        }
        surplus(step, 1);
        unknownOptions(step, List.of());
        if (step.positional().isEmpty() || !(step.positional().getFirst() instanceof Expr.NumberLiteral time)
                || time.dimension() != Dimension.DURATION) {
            problems.report(DiagnosticCode.MISSING_ARGUMENT, step.span()).message("`wait` takes a duration")
                    .help("e.g. `wait(20s)`, or `wait(until: up == 1, timeout: 5m)`");
        }
    }

    private void approve(Step.Invoke step) {
        if (firstWord(step).isEmpty()) {
            problems.report(DiagnosticCode.MISSING_ARGUMENT, step.span()).message("`approve` takes a group")
                    .help("e.g. `approve(\"sre\", timeout: 15m)`");
            return;
        }
        surplus(step, 1);
        unknownOptions(step, List.of());
    }

    private void ticket(Step.Invoke step) {
        Optional<String> channel = firstWord(step);
        if (channel.isEmpty()) {
            problems.report(DiagnosticCode.MISSING_ARGUMENT, step.span()).message("`ticket` takes a channel")
                    .help("e.g. `ticket(\"pagerduty\")`");
            return;
        }
        surplus(step, 1);
        declaredChannel(channel.get(), step.positional().getFirst());
        new ActionArguments(symbols, place, source, problems).templates(step);
    }

    private void emit(Step.Invoke step) {
        Optional<String> type = firstWord(step);
        if (type.isEmpty()) {
            problems.report(DiagnosticCode.MISSING_ARGUMENT, step.span()).message("`emit` names no type of event")
                    .help("e.g. `emit(\"node_drained\", {by: \"prunella\"})`");
            return;
        }
        surplus(step, 2);
        unknownOptions(step, List.of());
        if (symbols.event(type.get()).isEmpty()) {
            Spelling.warn("event", type.get(), step.positional().getFirst().span(), symbols.events().keySet(),
                    problems);
        }
        if (step.positional().size() < 2) {
            return;
        }
        if (step.positional().get(1) instanceof Expr.MapLiteral attributes) {
            new ActionArguments(symbols, place, source, problems).attributes(attributes, symbols.event(type.get()));
        } else {
            problems.report(DiagnosticCode.WRONG_ARGUMENT, step.positional().get(1).span())
                    .message("the attributes of an event stand in braces").help("e.g. `{reason: \"drained\"}`");
        }
    }

    private static Optional<String> firstWord(Step.Invoke step) {
        return step.positional().isEmpty()
                ? Optional.empty()
                : Choices.word(step.positional().getFirst()).filter(word -> !word.isEmpty());
    }

    private void unknownOptions(Step.Invoke step, List<String> more) {
        List<String> known = new ArrayList<>(SETTINGS);
        known.addAll(more);
        for (Step.Argument option : step.options()) {
            if (!known.contains(option.name().text())) {
                problems.report(DiagnosticCode.UNKNOWN_ARGUMENT, option.name().span())
                        .message("this step takes no `%s`", option.name().text())
                        .help(Closest.question(option.name().text(), known));
            }
        }
    }
}
