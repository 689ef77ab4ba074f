package io.prunella.ruler.backtest;

import io.prunella.compiler.print.RuleText;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.PlanJson;
import io.prunella.ruler.backtest.RuleDifference.Clause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What two texts of one rule differ in, clause by clause. */
final class Clauses {
    private Clauses() {}

    static List<Clause> differing(RuleModel a, RuleModel b) {
        Map<String, List<String>> old = lines(a);
        Map<String, List<String>> young = lines(b);
        List<Clause> differing = new ArrayList<>();
        Map<String, List<String>> all = new LinkedHashMap<>(old);
        young.forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            String before = String.join("; ", old.getOrDefault(name, List.of()));
            String after = String.join("; ", young.getOrDefault(name, List.of()));
            if (!before.equals(after)) {
                differing.add(asWritten(name, a, b).orElse(new Clause(name, before, after)));
            }
        }
        if (differing.isEmpty() && !a.contentHash().equals(b.contentHash()) && a.name().equals(b.name())) {
            differing.add(new Clause("what it uses", "", "its metrics, actions or channels are declared differently"));
        }
        return differing;
    }

    /** A condition in its authors' words; empty if those are the same, or it is none. */
    private static Optional<Clause> asWritten(String name, RuleModel a, RuleModel b) {
        String before = condition(name, a);
        String after = condition(name, b);
        return before.equals(after) ? Optional.empty() : Optional.of(new Clause(name, before, after));
    }

    private static String condition(String name, RuleModel rule) {
        return switch (name) {
            case "when" -> WrittenCondition.of(rule.when());
            case "unless" -> rule.unless().map(WrittenCondition::of).orElse("");
            case "until" -> rule.rhythm().until().map(WrittenCondition::of).orElse("");
            default -> "";
        };
    }

    /** Whether what is done differs, wherever the packs lie and whatever versions they are. */
    static boolean planDiffers(RuleModel a, RuleModel b) {
        return !plan(a, b.name()).equals(plan(b, b.name())) || !conditions(a).equals(conditions(b));
    }

    private static String plan(RuleModel rule, String name) {
        ExecutionPlan plan = rule.plan();
        String text = PlanJson.write(new ExecutionPlan("", "", plan.then(), plan.verify(), plan.after(),
                plan.rollback(), plan.escalate(), plan.actions().stream().map(Clauses::anywhere).toList(),
                plan.channels()));
        // Conditions carry the name of their rule, and the rule may have another one.
        return rule.name().equals(name)
                ? text
                : text.replace("\"rule\":\"" + rule.name() + "\"", "\"rule\":\"" + name + "\"");
    }

    private static ActionSpec anywhere(ActionSpec action) {
        return new ActionSpec(action.name(), action.parameters(), action.uses(), action.properties(), action.check(),
                action.idempotent(), action.destructive(), action.needs(), action.touches(), action.expects(),
                action.health(), action.returns(), action.sandbox(), action.permission(), "");
    }

    private static List<String> conditions(RuleModel rule) {
        return RuleText.of(rule).lines().filter(line -> line.startsWith("  condition[")).toList();
    }

    /** Each clause's lines, by its name, in the order written. */
    private static Map<String, List<String>> lines(RuleModel rule) {
        Map<String, List<String>> clauses = new LinkedHashMap<>();
        RuleText.of(rule).lines().skip(1).filter(line -> !line.startsWith("  outline ")).forEach(line -> {
            int colon = line.indexOf(": ");
            String name = line.substring(0, Math.max(colon, 0)).strip();
            clauses.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(colon < 0 ? line.strip() : line.substring(colon + 2).strip());
        });
        return clauses;
    }
}
