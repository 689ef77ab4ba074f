package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Problems;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules that do what another one has done whenever they fire, so that they only repeat it. */
final class Shadowing {
    private static final List<Class<? extends Clause>> SAME_ALWAYS = List.of(Clause.By.class, Clause.Then.class,
            Clause.PromExpr.class);
    private static final List<Class<? extends Clause>> SAME_CONDITION = List.of(Clause.On.class, Clause.When.class,
            Clause.For.class, Clause.Unless.class);
    // A narrower rule that differs in one of these is another rule: it wakes other people, or waits for other things.
    private static final List<Class<? extends Clause>> SAME_RULE = List.of(Clause.Severity.class, Clause.Labels.class,
            Clause.Mode.class, Clause.Priority.class, Clause.Verify.class, Clause.After.class, Clause.Rollback.class,
            Clause.Escalate.class, Clause.Limit.class, Clause.Cooldown.class, Clause.Repeat.class, Clause.Until.class,
            Clause.KeepFiringFor.class, Clause.Every.class, Clause.Annotations.class);

    private final Problems problems;
    private final Set<String> shadowed = new HashSet<>();

    private Shadowing(Problems problems) {
        this.problems = problems;
    }

    /** Warns about each rule that another one shadows; gives their names. */
    static Set<String> run(List<Profile> rules, Problems problems) {
        Shadowing shadowing = new Shadowing(problems);
        List<Profile> acting = rules.stream().filter(r -> !r.clauses().then().isEmpty()).toList();
        shadowing.repeated(acting);
        shadowing.narrower(acting);
        return shadowing.shadowed;
    }

    private void repeated(List<Profile> rules) {
        Map<String, Profile> first = new HashMap<>();
        for (Profile rule : rules) {
            Profile before = first.putIfAbsent(text(rule, SAME_ALWAYS) + text(rule, SAME_CONDITION), rule);
            if (before != null) {
                shadowed.add(rule.name());
                problems.in(rule.rule().file()).report(DiagnosticCode.SHADOWED_RULE, rule.rule().place())
                        .message("rule `%s` fires whenever `%s` does, and does the same", rule.name(), before.name())
                        .label(before.rule().file(), before.rule().place(), "the other one")
                        .help("remove one of them");
            }
        }
    }

    private void narrower(List<Profile> rules) {
        Map<String, List<Profile>> alike = new LinkedHashMap<>();
        for (Profile rule : rules) {
            if (rule.clauses().one(Clause.PromExpr.class).isEmpty() && !rule.conclusions().isEmpty()
                    && !Together.impossible(rule.legs())) {
                alike.computeIfAbsent(text(rule, SAME_ALWAYS) + text(rule, SAME_RULE), _ -> new ArrayList<>())
                        .add(rule);
            }
        }
        alike.values().stream().filter(group -> group.size() > 1).forEach(this::narrowerOf);
    }

    private void narrowerOf(List<Profile> group) {
        Implications index = new Implications();
        group.forEach(rule -> index.add(rule.legs()));
        for (Profile wide : group) {
            for (int number : index.implying(wide.conclusions())) {
                Profile narrow = group.get(number);
                if (!narrow.equals(wide) && !shadowed.contains(narrow.name()) && !shadowed.contains(wide.name())
                        && covers(wide, narrow)) {
                    shadowed.add(narrow.name());
                    report(wide, narrow);
                }
            }
        }
    }

    // The conditions were compared; the rest of what decides when they fire.
    private static boolean covers(Profile wide, Profile narrow) {
        String unless = wide.text(Clause.Unless.class);
        return wide.hold() <= narrow.hold() && (unless.isEmpty() || unless.equals(narrow.text(Clause.Unless.class)))
                && triggerCovers(wide, narrow);
    }

    private static boolean triggerCovers(Profile wide, Profile narrow) {
        if (wide.text(Clause.On.class).equals(narrow.text(Clause.On.class))) {
            return true;
        }
        return wide.trigger().orElse(null) instanceof Trigger.OnEvent w
                && narrow.trigger().orElse(null) instanceof Trigger.OnEvent n && isPlain(w) && isPlain(n)
                && w.open().map(Ast::print).equals(n.open().map(Ast::print)) && types(w).containsAll(types(n))
                && w.first().where().map(where -> n.first().where().isPresent()
                        && Implications.implies(
                                List.of(Together.Leg.of(n.first().where().get(), Reading.Truth.TRUE)),
                                Together.flat(where)))
                        .orElse(true);
    }

    private static boolean isPlain(Trigger.OnEvent event) {
        return event.chain().isEmpty() && event.without().isEmpty() && event.times().isEmpty();
    }

    private static Set<String> types(Trigger.OnEvent event) {
        return event.first().types().stream().map(Name::text).collect(Collectors.toSet());
    }

    private void report(Profile wide, Profile narrow) {
        Diagnostics.Reported reported = problems.in(narrow.rule().file())
                .report(DiagnosticCode.SHADOWED_RULE, narrow.rule().place())
                .message("rule `%s` does nothing that `%s` has not done by then", narrow.name(), wide.name())
                .label(wide.rule().file(), wide.rule().place(),
                        "`" + wide.name() + "` fires no later, and does the same");
        wide.clauses().one(Clause.When.class).ifPresent(when -> reported.label(wide.rule().file(),
                when.condition().span(), "this is true whenever the condition of `" + narrow.name() + "` is"));
        reported.help("remove `" + narrow.name() + "`, or let it do something else");
    }

    private static String text(Profile rule, List<Class<? extends Clause>> kinds) {
        StringBuilder text = new StringBuilder();
        kinds.forEach(kind -> text.append(kind.getSimpleName()).append(':').append(rule.text(kind)));
        return text.toString();
    }
}
