package io.prunella.compiler.lower;

import io.prunella.compiler.check.Choices;
import io.prunella.compiler.check.TemplateText;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.plan.Template;
import io.prunella.plan.Template.Part;
import io.prunella.plan.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lowers arguments and properties. */
final class PlanValues {
    private PlanValues() {}

    static Value of(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral number -> number.dimension() == Dimension.DURATION
                    ? new Value.Duration((long) number.value())
                    : new Value.Quantity(number.value());
            case Expr.StringLiteral text -> new Value.Text(TemplateText.read(text.text()));
            case Expr.BooleanLiteral literal -> new Value.Flag(literal.value());
            case Expr.Negate negate when negate.operand() instanceof Expr.NumberLiteral number ->
                new Value.Quantity(-number.value());
            case Expr.Group group -> of(group.inner());
            case Expr.Path path -> new Value.Reference(
                    new Part.Lookup(path.root().text(), path.fields().stream().map(f -> f.text()).toList()));
            case Expr.Keyword _ -> new Value.Reference(new Part.Lookup("entity", List.of()));
            case Expr.Call call when call.arguments().size() == 1 -> call(call);
            case Expr.ListLiteral list -> new Value.Items(list.items().stream().map(PlanValues::of).toList());
            case Expr.MapLiteral map -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                map.entries().forEach(entry -> fields.put(entry.name().text(), of(entry.value())));
                yield new Value.Fields(fields);
            }
            case Expr other -> word(Choices.word(other)
                    .orElseThrow(() -> new IllegalStateException("unchecked argument: " + other)));
        };
    }

    /** A word that looks nothing up. */
    static Value word(String text) {
        return new Value.Text(Template.literal(text));
    }

    // value(x), and env("X"), whose text stays a reference until it is used.
    private static Value call(Expr.Call call) {
        String argument = switch (call.arguments().getFirst()) {
            case Expr.Series series -> ConditionLowering.selector(series).text();
            case Expr.StringLiteral text -> text.text();
            case Expr other -> throw new IllegalStateException("unchecked argument: " + other);
        };
        return new Value.Reference(new Part.Lookup(call.function().text(), List.of(argument)));
    }
}
