package io.prunella.compiler.lower;

import io.prunella.compiler.check.Choices;
import io.prunella.compiler.check.TemplateText;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.ActionSpec.Expects;
import io.prunella.plan.ActionSpec.Health;
import io.prunella.plan.ActionSpec.Parameter;
import io.prunella.plan.ActionSpec.Sandbox;
import io.prunella.plan.ActionSpec.Use;
import io.prunella.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Lowers a checked action for its drivers. */
final class ActionLowering {
    private static final Sandbox OPEN = new Sandbox(Optional.empty(), Optional.empty(), OptionalInt.empty(), true,
            false);

    private final Declaration.Action action;

    private ActionLowering(Declaration.Action action) {
        this.action = action;
    }

    /**
     * The action as drivers take it.
     *
     * @param folder absolute path of the pack, empty where there is none
     */
    static ActionSpec lower(Declaration.Action action, String folder) {
        ActionLowering lowering = new ActionLowering(action);
        List<Parameter> parameters = action.parameters().stream()
                .map(p -> new Parameter(p.name().text(),
                        p.type().text().equals("boolean") ? "bool" : p.type().text(),
                        p.defaultValue().map(PlanValues::of)))
                .toList();
        List<Use> uses = action.uses().stream()
                .map(u -> new Use(u.name().text(), u.arguments().stream().map(PlanValues::of).toList())).toList();
        return new ActionSpec(action.name().text(), parameters, uses, lowering.driverProperties(),
                lowering.property("check").map(ActionLowering::pathOrWords), lowering.flag("idempotent", true),
                lowering.flag("destructive", false), lowering.words("needs"), lowering.words("touches"),
                lowering.expects(), lowering.health(), lowering.returns(), lowering.sandbox(),
                lowering.property("permission").flatMap(Choices::word).orElse(action.name().text()), folder);
    }

    private Optional<Expr> property(String name) {
        return action.properties().stream().filter(p -> p.name().text().equals(name)).map(Expr.Entry::value)
                .findFirst();
    }

    private Map<String, Value> driverProperties() {
        Map<String, Value> properties = new LinkedHashMap<>();
        property("playbook").ifPresent(value -> properties.put("playbook", pathOrWords(value)));
        property("argv").ifPresent(value -> properties.put("argv", pathOrWords(value)));
        return properties;
    }

    // A path is itself and nothing is looked up in it.
    private static Value pathOrWords(Expr value) {
        return value instanceof Expr.StringLiteral path ? PlanValues.word(path.text()) : PlanValues.of(value);
    }

    private boolean flag(String name, boolean otherwise) {
        return property(name).map(v -> v instanceof Expr.BooleanLiteral literal && literal.value()).orElse(otherwise);
    }

    private List<String> words(String name) {
        return property(name).map(value -> value instanceof Expr.ListLiteral list
                ? list.items().stream().flatMap(item -> Choices.word(item).stream()).toList()
                : List.<String>of()).orElse(List.of());
    }

    private List<Expr.Entry> entries(String name) {
        return property(name).map(v -> v instanceof Expr.MapLiteral map ? map.entries() : List.<Expr.Entry>of())
                .orElse(List.of());
    }

    private Optional<Expects> expects() {
        OptionalInt exit = OptionalInt.empty();
        Optional<String> output = Optional.empty();
        for (Expr.Entry entry : entries("expects")) {
            if (entry.value() instanceof Expr.NumberLiteral number) {
                exit = OptionalInt.of((int) number.value());
            } else if (entry.value() instanceof Expr.Pattern pattern) {
                output = Optional.of(pattern.regex());
            }
        }
        return property("expects").isPresent() ? Optional.of(new Expects(exit, output)) : Optional.empty();
    }

    private List<Health> health() {
        List<Health> health = new ArrayList<>();
        for (Expr item : property("health").map(v -> v instanceof Expr.ListLiteral l ? l.items() : List.of(v))
                .orElse(List.of())) {
            if (item instanceof Expr.Call call
                    && call.arguments().getFirst() instanceof Expr.StringLiteral target) {
                health.add(new Health(call.function().text(), TemplateText.read(target.text())));
            }
        }
        return health;
    }

    private Map<String, String> returns() {
        Map<String, String> returns = new LinkedHashMap<>();
        entries("returns").forEach(e -> returns.put(e.name().text(), Choices.word(e.value()).orElseThrow()));
        return returns;
    }

    private Sandbox sandbox() {
        if (property("sandbox").flatMap(Choices::word).isPresent()) {
            return new Sandbox(Optional.empty(), Optional.empty(), OptionalInt.empty(), true, true);
        }
        Sandbox s = OPEN;
        for (Expr.Entry entry : entries("sandbox")) {
            double number = entry.value() instanceof Expr.NumberLiteral literal ? literal.value() : 0;
            s = switch (entry.name().text()) {
                case "cpu" -> new Sandbox(Optional.of(number), s.memoryBytes(), s.pids(), s.network(), s.required());
                case "memory" -> new Sandbox(s.cpu(), Optional.of(number), s.pids(), s.network(), s.required());
                case "pids" -> new Sandbox(s.cpu(), s.memoryBytes(), OptionalInt.of((int) number), s.network(),
                        s.required());
                case "network" -> new Sandbox(s.cpu(), s.memoryBytes(), s.pids(),
                        !Choices.word(entry.value()).equals(Optional.of("none")), s.required());
                default -> new Sandbox(s.cpu(), s.memoryBytes(), s.pids(), s.network(),
                        entry.value() instanceof Expr.BooleanLiteral literal && literal.value());
            };
        }
        return s;
    }
}
