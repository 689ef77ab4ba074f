package io.prunella.compiler.check;

import io.prunella.compiler.pack.PackSource;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks declarations of actions: what runs them exists, and says what it needs. */
final class ActionCheck {
    private static final List<String> DRIVERS = List.of("command", "ansible", "http", "kubernetes", "agent", "ipmi",
            "redfish", "nomad", "image");
    private static final List<String> EXECUTED = List.of("command", "ansible");
    private static final List<String> PROPERTIES = List.of("describe", "playbook", "argv", "check", "idempotent",
            "destructive", "needs", "touches", "expects", "health", "returns", "sandbox", "permission", "uses");

    private final PackSource pack;
    private final Symbols symbols;
    private final Diagnostics problems;

    ActionCheck(PackSource pack, Symbols symbols, Diagnostics problems) {
        this.pack = pack;
        this.symbols = symbols;
        this.problems = problems;
    }

    void check(Declaration.Action action) {
        parameters(action);
        Set<String> seen = new HashSet<>();
        for (Expr.Entry property : action.properties()) {
            if (!seen.add(property.name().text())) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, property.name().span())
                        .message("`%s` is written twice", property.name().text());
            } else {
                property(action, property);
            }
        }
        drivers(action, seen);
    }

    private void parameters(Declaration.Action action) {
        DeclarationCheck types = new DeclarationCheck(problems);
        Set<String> seen = new HashSet<>();
        for (Declaration.Parameter parameter : action.parameters()) {
            String name = parameter.name().text();
            if (!seen.add(name)) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, parameter.name().span())
                        .message("parameter `%s` is declared twice", name);
            }
            if (StepCheck.SETTINGS.contains(name) || name.equals("target")) {
                problems.report(DiagnosticCode.RESERVED_NAME, parameter.name().span())
                        .message("no parameter can be called `%s`: every step has a setting of that name", name)
                        .help("call it `action_" + name + "`");
            }
            if (types.type(parameter.type(), DeclarationCheck.VALUE_TYPES, "a parameter")) {
                parameter.defaultValue().ifPresent(value -> fits(parameter, value));
            }
        }
    }

    private void fits(Declaration.Parameter parameter, Expr value) {
        Dimension wanted = Type.named(parameter.type().text()).orElseThrow().dimension();
        Optional<Dimension> given = switch (value) {
            case Expr.NumberLiteral number -> Type.of(number).known().or(() -> numeric(wanted));
            case Expr.Negate negate when negate.operand() instanceof Expr.NumberLiteral number ->
                Type.of(number).known().or(() -> numeric(wanted));
            case Expr.StringLiteral text -> {
                TemplateCheck.ofAction(symbols, List.of(), problems).check(text);
                yield Optional.of(Dimension.STRING);
            }
            case Expr.BooleanLiteral _ -> Optional.of(Dimension.BOOLEAN);
            case Expr other -> Optional.empty();
        };
        if (given.isEmpty() || given.get() != wanted) {
            problems.report(DiagnosticCode.WRONG_ARGUMENT, value.span())
                    .message("the default of `%s` is no %s", parameter.name().text(), parameter.type().text());
        }
    }

    private static Optional<Dimension> numeric(Dimension wanted) {
        return switch (wanted) {
            case NUMBER, DURATION, BYTES, BYTES_PER_SECOND -> Optional.of(wanted);
            case STRING, BOOLEAN -> Optional.of(Dimension.NUMBER);
        };
    }

    private void drivers(Declaration.Action action, Set<String> properties) {
        if (action.uses().isEmpty()) {
            problems.report(DiagnosticCode.MISSING_PROPERTY, action.name().span())
                    .message("action `%s` does not say what runs it", action.name().text())
                    .help("add `uses: ansible` or `uses: command`");
        }
        for (Declaration.Driver driver : action.uses()) {
            String name = driver.name().text();
            if (!DRIVERS.contains(name)) {
                problems.report(DiagnosticCode.UNKNOWN_DRIVER, driver.name().span())
                        .message("no driver is called `%s`", name)
                        .help(Closest.question(name, DRIVERS).orElse("one of " + Choices.listed(DRIVERS)));
            } else if (!EXECUTED.contains(name)) {
                Unexecuted.report(problems, driver.name().span(), "the driver `" + name + "`");
            } else if (name.equals("ansible")) {
                needs(action, driver.name(), properties, "playbook", "playbook: \"actions/reboot.yml\"");
                driver.arguments().stream().findFirst().ifPresent(argument -> problems
                        .report(DiagnosticCode.WRONG_PROPERTY, argument.span())
                        .message("`ansible` takes nothing in parentheses")
                        .help("parameters of the action reach the playbook as variables"));
            } else if (driver.arguments().isEmpty()) {
                needs(action, driver.name(), properties, "argv", "argv: [\"systemctl\", \"restart\", \"kubelet\"]");
            } else {
                driver.arguments().forEach(argument -> word(action, argument, "a command"));
            }
        }
    }

    private void needs(Declaration.Action action, Name driver, Set<String> properties, String property,
            String example) {
        if (!properties.contains(property)) {
            problems.report(DiagnosticCode.MISSING_PROPERTY, driver.span())
                    .message("action `%s` uses `%s` and has no `%s`", action.name().text(), driver.text(), property)
                    .help("e.g. `" + example + "`");
        }
    }

    private void property(Declaration.Action action, Expr.Entry property) {
        Expr value = property.value();
        switch (property.name().text()) {
            case "describe", "permission" -> {
                if (!(value instanceof Expr.StringLiteral)) {
                    wrong(property, "text in quotes");
                }
            }
            case "idempotent", "destructive" -> {
                if (!(value instanceof Expr.BooleanLiteral)) {
                    wrong(property, "`true` or `false`");
                }
            }
            case "playbook" -> {
                if (value instanceof Expr.StringLiteral path) {
                    file(path);
                } else {
                    wrong(property, "a path in quotes");
                }
            }
            case "argv" -> argv(action, property);
            case "check" -> {
                if (value instanceof Expr.StringLiteral path) {
                    file(path);
                } else {
                    argv(action, property);
                }
            }
            case "needs", "touches" -> words(property);
            case "expects" -> expects(property);
            case "health" -> health(action, property);
            case "returns" -> returns(property);
            case "sandbox" -> sandbox(property);
            default -> problems.report(DiagnosticCode.UNKNOWN_PROPERTY, property.name().span())
                    .message("an action has no property `%s`", property.name().text())
                    .help(Closest.question(property.name().text(), PROPERTIES)
                            .orElse("it has " + Choices.listed(PROPERTIES)));
        }
    }

    private void wrong(Expr.Entry property, String wanted) {
        problems.report(DiagnosticCode.WRONG_PROPERTY, property.value().span()).message("`%s` takes %s",
                property.name().text(), wanted);
    }

    private void file(Expr.StringLiteral path) {
        String text = path.text();
        if (text.startsWith("/") || List.of(text.split("/", -1)).contains("..")) {
            problems.report(DiagnosticCode.OUTSIDE_PACK, path.span())
                    .message("`%s` leads outside the pack's folder", text)
                    .help("copy the file into `actions/` and name it from there");
        } else if (!pack.folder().isEmpty() && !pack.actionFiles().containsKey(text)) {
            problems.report(DiagnosticCode.MISSING_FILE, path.span())
                    .message("the pack has no file `%s`", text)
                    .help(Closest.question(text, pack.actionFiles().keySet())
                            .orElse("what actions run stands under `actions/`"));
        }
    }

    private void argv(Declaration.Action action, Expr.Entry property) {
        if (!(property.value() instanceof Expr.ListLiteral list) || list.items().isEmpty()) {
            wrong(property, "a list: the program, then its arguments, never a shell line");
            return;
        }
        list.items().forEach(item -> word(action, item, "`" + property.name().text() + "`"));
    }

    private void word(Declaration.Action action, Expr item, String where) {
        if (item instanceof Expr.StringLiteral text) {
            templates(action).check(text);
        } else {
            problems.report(DiagnosticCode.WRONG_PROPERTY, item.span()).message("each part of %s stands in quotes",
                    where);
        }
    }

    private TemplateCheck templates(Declaration.Action action) {
        return TemplateCheck.ofAction(symbols, action.parameters().stream().map(p -> p.name().text()).toList(),
                problems);
    }

    private void words(Expr.Entry property) {
        if (!(property.value() instanceof Expr.ListLiteral list)
                || list.items().stream().anyMatch(item -> Choices.word(item).isEmpty())) {
            wrong(property, "a list of names such as `[ssh]`");
        }
    }

    private void expects(Expr.Entry property) {
        if (!(property.value() instanceof Expr.MapLiteral map)) {
            wrong(property, "a map such as `{exit: 0, output: /done/}`");
            return;
        }
        for (Expr.Entry entry : map.entries()) {
            switch (entry.name().text()) {
                case "exit" -> {
                    if (number(entry.value()).filter(n -> n >= 0 && n <= 255 && n == Math.rint(n)).isEmpty()) {
                        wrong(entry, "a whole number from 0 to 255");
                    }
                }
                case "output" -> {
                    if (entry.value() instanceof Expr.Pattern pattern) {
                        ExprCheck.pattern(pattern.regex(), pattern.span(), problems);
                    } else {
                        wrong(entry, "a pattern between slashes such as `/done/`");
                    }
                }
                default -> unknown(entry, "`expects`", List.of("exit", "output"));
            }
        }
    }

    private void unknown(Expr.Entry entry, String where, List<String> names) {
        problems.report(DiagnosticCode.UNKNOWN_PROPERTY, entry.name().span())
                .message("%s has no `%s`", where, entry.name().text())
                .help(Closest.question(entry.name().text(), names).orElse("it has " + Choices.listed(names)));
    }

    private static Optional<Double> number(Expr value) {
        return value instanceof Expr.NumberLiteral number && number.dimension() == Dimension.NUMBER
                ? Optional.of(number.value())
                : Optional.empty();
    }

    private void health(Declaration.Action action, Expr.Entry property) {
        List<Expr> items = property.value() instanceof Expr.ListLiteral list
                ? list.items()
                : List.of(property.value());
        for (Expr item : items) {
            if (item instanceof Expr.Call call && call.arguments().size() == 1
                    && call.arguments().getFirst() instanceof Expr.StringLiteral target) {
                Choices.check(call.function(), "kind of health check", List.of("unit", "http", "tcp"), problems);
                templates(action).check(target);
            } else {
                problems.report(DiagnosticCode.WRONG_PROPERTY, item.span())
                        .message("`health` lists services such as `unit(\"kubelet\")`, `http(\"https://…\")` and "
                                + "`tcp(\"host:22\")`");
            }
        }
    }

    private void returns(Expr.Entry property) {
        if (!(property.value() instanceof Expr.MapLiteral map)
                || map.entries().stream().anyMatch(e -> Choices.word(e.value()).flatMap(Type::named).isEmpty())) {
            wrong(property, "names and their types, such as `{boot_id: string}`");
        }
    }

    private void sandbox(Expr.Entry property) {
        if (Choices.word(property.value()).equals(Optional.of("required"))) {
            return;
        }
        if (!(property.value() instanceof Expr.MapLiteral map)) {
            wrong(property, "a map such as `{cpu: 1, memory: 512MiB, pids: 64, network: none}`");
            return;
        }
        for (Expr.Entry entry : map.entries()) {
            switch (entry.name().text()) {
                case "cpu" -> positive(entry, Dimension.NUMBER, "a number of CPUs above 0");
                case "memory" -> positive(entry, Dimension.BYTES, "bytes such as `512MiB`");
                case "pids" -> positive(entry, Dimension.NUMBER, "a number of processes above 0");
                case "network" -> Choices.word(entry.value()).ifPresentOrElse(
                        word -> Choices.check(word, entry.value().span(), "network", List.of("none", "host"),
                                problems),
                        () -> wrong(entry, "`none` or `host`"));
                case "required" -> {
                    if (!(entry.value() instanceof Expr.BooleanLiteral)) {
                        wrong(entry, "`true` or `false`");
                    }
                }
                default -> unknown(entry, "`sandbox`", List.of("cpu", "memory", "pids", "network", "required"));
            }
        }
    }

    private void positive(Expr.Entry entry, Dimension dimension, String wanted) {
        if (!(entry.value() instanceof Expr.NumberLiteral number) || number.dimension() != dimension
                || number.value() <= 0) {
            wrong(entry, wanted);
        }
    }
}
