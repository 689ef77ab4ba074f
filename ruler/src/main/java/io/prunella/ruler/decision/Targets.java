package io.prunella.ruler.decision;

import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Step;
import io.prunella.plan.Step.Target;
import io.prunella.plan.Template;
import io.prunella.ruler.Printed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Whom a plan works on: locks, cooldowns and limits go by it. */
final class Targets {
    private Targets() {}

    /** The targets of a plan's actions; the firing's entity where it has none. */
    static List<String> of(ExecutionPlan plan, String entity, Function<Template.Part.Lookup, String> lookups) {
        Set<String> targets = new LinkedHashSet<>();
        plan.then().forEach(step -> add(step, entity, lookups, targets));
        targets.remove("");
        return targets.isEmpty() ? List.of(entity) : List.copyOf(targets);
    }

    private static void add(Step step, String entity, Function<Template.Part.Lookup, String> lookups,
            Set<String> into) {
        switch (step) {
            case Step.Execute execute -> {
                switch (execute.target()) {
                    case Target.Self _ -> into.add(entity);
                    case Target.Named named -> into.add(text(named.entity(), lookups));
                    case Target.Parent _,Target.Nodes _ -> {
                        // Without topology and inventory nobody is meant, and nothing empty means all.
                    }
                }
            }
            case Step.Parallel parallel -> parallel.steps().forEach(inner -> add(inner, entity, lookups, into));
            case Step.Collect _,Step.Notify _,Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Emit _,Step.Ticket _ -> {
            }
        }
    }

    private static String text(Template template, Function<Template.Part.Lookup, String> lookups) {
        StringBuilder text = new StringBuilder();
        for (Template.Part part : template.parts()) {
            text.append(switch (part) {
                case Template.Part.Literal literal -> literal.text();
                case Template.Part.Lookup lookup -> lookups.apply(lookup);
            });
        }
        return text.toString();
    }

    /** What a template looks up in an order; empty where the order doesn't have it. */
    static String lookup(HealOrder order, Template.Part.Lookup lookup) {
        String name = String.join(".", lookup.path());
        return switch (lookup.root()) {
            case "entity" -> order.entity();
            case "rule" -> order.plan().rule();
            case "trace_id" -> order.traceId();
            case "event" -> order.event().getOrDefault(name, "");
            case "label" -> order.labels().getOrDefault(name, "");
            case "value" -> {
                Double value = order.values().get(name);
                yield value == null ? "" : Printed.number(value);
            }
            case String _ -> "";
        };
    }
}
