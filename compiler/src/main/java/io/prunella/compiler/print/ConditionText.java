package io.prunella.compiler.print;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.plan.DurationText;
import io.prunella.plan.NumberText;
import io.prunella.plan.Template;
import io.prunella.plan.Template.Part;
import java.util.List;
import java.util.Locale;

/** Conditions on one line: canonical, so that equal texts mean the same. */
final class ConditionText {
    private ConditionText() {}

    static String of(Condition condition) {
        StringBuilder out = new StringBuilder();
        condition(condition, out);
        return out.toString();
    }

    private static void condition(Condition condition, StringBuilder out) {
        switch (condition) {
            case Condition.All all -> joined(all.of(), " AND ", "true", out);
            case Condition.Any any -> joined(any.of(), " OR ", "false", out);
            case Condition.Negated negated -> {
                out.append("NOT ");
                condition(negated.inner(), out);
            }
            case Condition.Held held -> held(held, out);
            case Condition.Compare c -> {
                quantifier(c.quantifier(), out);
                value(c.left(), out);
                out.append(' ').append(c.op().sign()).append(' ');
                value(c.right(), out);
                out.append(')');
            }
            case Condition.InSet in -> {
                quantifier(in.quantifier(), out);
                value(in.value(), out);
                out.append(" in [");
                String separator = "";
                for (Condition.Interval interval : in.intervals()) {
                    out.append(separator);
                    value(interval.from(), out);
                    interval.to().ifPresent(to -> {
                        out.append("..");
                        value(to, out);
                    });
                    separator = ", ";
                }
                out.append("])");
            }
            case Condition.TimeIn time -> out.append("time in ").append(minute(time.fromMinute())).append("..")
                    .append(minute(time.toMinute())).append(" zone ").append(time.zone().getId());
            case Condition.Absent absent -> out.append("absent(").append(absent.selector().text()).append(')');
            case Condition.OverEntities over -> {
                quantifier(over.quantifier(), out);
                out.append(set(over.set())).append(" where ");
                condition(over.where(), out);
                out.append(')');
            }
        }
    }

    private static void joined(List<Condition> conditions, String word, String empty, StringBuilder out) {
        if (conditions.isEmpty()) {
            out.append(empty);
            return;
        }
        out.append('(');
        String separator = "";
        for (Condition condition : conditions) {
            out.append(separator);
            condition(condition, out);
            separator = word;
        }
        out.append(')');
    }

    private static void held(Condition.Held held, StringBuilder out) {
        out.append('[');
        condition(held.inner(), out);
        out.append(held.strict() ? "] for more than " : "] for ").append(DurationText.of(held.millis()));
        out.append(switch (held.origin()) {
            case DURATION -> " (duration)";
            case TERM -> " (term)";
            case CLAUSE -> " (clause)";
        });
    }

    private static void quantifier(Quantifier quantifier, StringBuilder out) {
        out.append(switch (quantifier) {
            case ANY -> "any(";
            case ALL -> "all(";
        });
    }

    private static void value(ValueTerm term, StringBuilder out) {
        switch (term) {
            case ValueTerm.Constant constant -> out.append(NumberText.of(constant.value()));
            case ValueTerm.Text text -> quoted(text.value(), out);
            case ValueTerm.Flag flag -> out.append(flag.value());
            case ValueTerm.Newest newest -> out.append(newest.selector().text());
            case ValueTerm.EventAttribute attribute -> out.append("event.").append(String.join(".", attribute.path()));
            case ValueTerm.Label label -> out.append("label.").append(label.name());
            case ValueTerm.EntityName _ -> out.append("entity");
            case ValueTerm.Arithmetic a -> {
                out.append('(');
                value(a.left(), out);
                out.append(' ').append(a.op().sign()).append(' ');
                value(a.right(), out);
                out.append(')');
            }
            case ValueTerm.Negative negative -> {
                out.append('-');
                value(negative.operand(), out);
            }
            case ValueTerm.Probe probe -> {
                out.append("probe(").append(probe.protocol()).append(' ');
                quoted(template(probe.target()), out);
                out.append(')');
            }
            case ValueTerm.OverTime over -> out.append(over.function().name().toLowerCase(Locale.ROOT)).append('(')
                    .append(over.selector().text()).append('[').append(DurationText.of(over.windowMillis()))
                    .append("], ").append(NumberText.of(over.parameter())).append(')');
            case ValueTerm.Across across -> {
                out.append(across.aggregation().name().toLowerCase(Locale.ROOT));
                by(across.by(), out);
                out.append('(');
                value(across.of(), out);
                out.append(')');
            }
            case ValueTerm.Counted counted -> {
                out.append(counted.counting().name().toLowerCase(Locale.ROOT)).append('(').append(set(counted.set()));
                counted.where().ifPresent(where -> {
                    out.append(" where ");
                    condition(where, out);
                });
                out.append(')');
                by(counted.by(), out);
            }
            case ValueTerm.EventCount count -> {
                out.append("count(event ");
                quoted(count.type(), out);
                out.append(", ").append(DurationText.of(count.windowMillis())).append(')');
            }
            case ValueTerm.SinceEvent since -> {
                out.append("time since event ");
                quoted(since.type(), out);
            }
            case ValueTerm.SinceHeal since -> {
                out.append("time since heal ");
                quoted(since.name(), out);
            }
            case ValueTerm.Now _ -> out.append("now");
            case ValueTerm.Weekday _ -> out.append("weekday");
            case ValueTerm.ParentName _ -> out.append("parent");
            case ValueTerm.MatchedAttribute attribute ->
                out.append(attribute.alias()).append('.').append(String.join(".", attribute.path()));
            case ValueTerm.SeverityOf severity ->
                out.append("severity(").append(severity.party().name().toLowerCase(Locale.ROOT)).append(')');
        }
    }

    private static void by(List<String> labels, StringBuilder out) {
        if (!labels.isEmpty()) {
            out.append(" by (").append(String.join(", ", labels)).append(')');
        }
    }

    private static String set(EntitySet set) {
        return set.name().toLowerCase(Locale.ROOT);
    }

    private static String minute(int ofDay) {
        return "%02d:%02d".formatted(ofDay / 60, ofDay % 60);
    }

    /** As written, with {@code {{ }}} around what is looked up. */
    static String template(Template template) {
        StringBuilder out = new StringBuilder();
        for (Part part : template.parts()) {
            switch (part) {
                case Part.Literal literal -> out.append(literal.text());
                case Part.Lookup lookup -> out.append("{{ ").append(lookup(lookup)).append(" }}");
            }
        }
        return out.toString();
    }

    static String lookup(Part.Lookup lookup) {
        if (lookup.path().isEmpty()) {
            return lookup.root();
        }
        return switch (lookup.root()) {
            case "value", "env", "file", "vault" -> lookup.root() + "(" + lookup.path().getFirst() + ")";
            default -> lookup.root() + "." + String.join(".", lookup.path());
        };
    }

    static void quoted(String text, StringBuilder out) {
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")).append('"');
    }
}
