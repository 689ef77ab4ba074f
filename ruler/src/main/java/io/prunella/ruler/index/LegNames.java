package io.prunella.ruler.index;

import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import io.prunella.ruler.explain.LegName;
import io.prunella.ruler.explain.LegRecorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names the comparisons of a rule: by the clause that they stand in, and their number there, as written. */
final class LegNames {
    private LegNames() {}

    /** The comparisons of a condition, in the order written. */
    static List<Node.Leaf> leaves(Node node) {
        List<Node.Leaf> leaves = new ArrayList<>();
        collect(node, leaves);
        return leaves;
    }

    private static void collect(Node node, List<Node.Leaf> into) {
        switch (node) {
            case Node.AllOf all -> all.of().forEach(inner -> collect(inner, into));
            case Node.AnyOf any -> any.of().forEach(inner -> collect(inner, into));
            case Node.Not not -> collect(not.inner(), into);
            case Node.Hold held -> collect(held.inner(), into);
            case Node.Leaf leaf -> into.add(leaf);
        }
    }

    static String id(String clause, int number) {
        return clause + "[" + number + "]";
    }

    /** All of a rule. */
    static List<LegName> of(Rule rule) {
        List<LegName> names = new ArrayList<>();
        clauses(rule).forEach((clause, node) -> {
            List<Node.Leaf> leaves = leaves(node);
            for (int i = 0; i < leaves.size(); i++) {
                names.add(new LegName(rule.pack().name(), rule.model().name(), id(clause, i),
                        Legs.text(rule.origins.get(leaves.get(i)))));
            }
        });
        return names;
    }

    /** A rule's conditions by the names of their clauses. */
    private static Map<String, Node> clauses(Rule rule) {
        Map<String, Node> clauses = new LinkedHashMap<>();
        if (rule.where != null) {
            clauses.put("where", rule.where);
        }
        clauses.put("when", rule.when);
        if (rule.unless != null) {
            clauses.put("unless", rule.unless);
        }
        for (int i = 0; i < rule.model().conditions().size(); i++) {
            int index = i;
            rule.condition(i).ifPresent(bound -> clauses.put(clause(rule.model(), index), bound.node()));
        }
        return clauses;
    }

    /** What a condition for the executor is called: {@code verify}, {@code then[0].if}, {@code then[1].until}. */
    static String clause(RuleModel model, int index) {
        ExecutionPlan plan = model.plan();
        if (plan.verify().filter(verify -> verify.condition().index() == index).isPresent()) {
            return "verify";
        }
        return plan.everyStep().flatMap(step -> named(step, index).stream()).findFirst()
                .orElse("condition " + index);
    }

    private static Optional<String> named(Step step, int index) {
        String id = step.settings().id();
        if (is(step.settings().when(), index)) {
            return Optional.of(id + ".if");
        }
        return switch (step) {
            case Step.WaitUntil wait -> is(Optional.of(wait.condition()), index)
                    ? Optional.of(id + ".until")
                    : Optional.empty();
            case Step.Execute execute -> target(execute.target(), id, index);
            case Step.Collect collect -> target(collect.target(), id, index);
            case Step.Notify _,Step.Wait _,Step.Approve _,Step.Emit _,Step.Ticket _,Step.Parallel _ ->
                Optional.empty();
        };
    }

    private static Optional<String> target(Step.Target target, String id, int index) {
        return target instanceof Step.Target.Nodes nodes && is(nodes.where(), index)
                ? Optional.of(id + ".target")
                : Optional.empty();
    }

    private static boolean is(Optional<ConditionRef> ref, int index) {
        return ref.filter(condition -> condition.index() == index).isPresent();
    }

    /** Tells what each comparison of a condition is, if anybody wants to know. */
    static void record(@Nullable LegRecorder recorder, Rule rule, String clause, Node node, Sight sight) {
        if (recorder != null) {
            List<Node.Leaf> leaves = leaves(node);
            for (int i = 0; i < leaves.size(); i++) {
                recorder.judged(rule.pack().name(), rule.model().name(), id(clause, i), leaves.get(i).truth(sight));
            }
        }
    }
}
