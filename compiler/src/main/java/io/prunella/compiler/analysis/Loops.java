package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Problems;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules that start themselves, straight or through others: by events that they {@code emit}, and by what their heals
 * bring about.
 *
 * <p>What a heal brings about is what its {@code verify} asks for: nothing else in the language says what an action
 * does to a metric. Where that makes the condition of another rule true, a heal of the first starts the second.
 */
final class Loops {
    private static final int MOST_NAMED = 6;

    private final List<Profile> rules;
    private final Listeners listeners;
    private final Problems problems;
    private final Graph graph;

    private Loops(List<Profile> rules, Problems problems) {
        this.rules = rules;
        this.listeners = Listeners.of(rules);
        this.problems = problems;
        this.graph = new Graph();
    }

    /** Why one rule starts another: where that is said, and how to say it. */
    private record Cause(Span span, String words, boolean emits) {}

    static void run(List<Profile> rules, Problems problems) {
        Loops loops = new Loops(rules.stream().filter(rule -> !Together.impossible(rule.legs())).toList(), problems);
        loops.emits();
        loops.heals();
        loops.graph.cycles().forEach(loops::report);
    }

    // Rules have the numbers that they have in the list; event types stand between them, so that many rules that emit
    // what many listen to make no square.
    private void emits() {
        rules.forEach(_ -> graph.node());
        Map<String, Integer> types = new HashMap<>();
        for (int from = 0; from < rules.size(); from++) {
            for (Step.Invoke emit : Steps.of(Step.Verb.EMIT, rules.get(from).clauses().steps())) {
                String type = Steps.name(emit).orElse("");
                List<Integer> all = listeners.toAll(type);
                if (!all.isEmpty()) {
                    int node = types.computeIfAbsent(type, _ -> {
                        int made = graph.node();
                        all.forEach(to -> graph.edge(made, to, null));
                        return made;
                    });
                    graph.edge(from, node, new Cause(emit.span(), "emits `" + type + "`", true));
                }
                for (int to : listeners.toSome(type, emit)) {
                    graph.edge(from, to, new Cause(emit.span(), "emits `" + type + "`", true));
                }
            }
        }
    }

    private void heals() {
        Implications ends = new Implications();
        rules.forEach(rule -> ends.add(rule.executes().isEmpty() ? List.of() : rule.ends()));
        for (int to = 0; to < rules.size(); to++) {
            Profile started = rules.get(to);
            if (!started.isLevel() || started.conclusions().isEmpty()) {
                continue;
            }
            for (int from : ends.implying(started.conclusions())) {
                Profile heals = rules.get(from);
                if (from != to && heals.target().equals(started.target())
                        && !Together.impossible(heals.ends())) {
                    Span verify = heals.clauses().one(Clause.Verify.class).map(Clause::span).orElse(Span.NONE);
                    graph.edge(from, to, new Cause(verify, "heals", false));
                }
            }
        }
    }

    private void report(List<Graph.Edge> cycle) {
        List<Integer> through = new ArrayList<>();
        List<Cause> causes = new ArrayList<>();
        for (Graph.Edge edge : cycle) {
            if (edge.cause() instanceof Cause cause) {
                through.add(edge.from());
                causes.add(cause);
            }
        }
        // It begins with the rule that stands first.
        int first = through.indexOf(Collections.min(through));
        Collections.rotate(through, -first);
        Collections.rotate(causes, -first);
        Profile start = rules.get(through.getFirst());
        Diagnostics.Reported reported = problems.in(start.rule().file())
                .report(DiagnosticCode.HEAL_LOOP, causes.getFirst().span())
                .message("`%s` can start itself: %s", start.name(), chain(through, causes));
        for (int i = 0; i < Math.min(through.size(), MOST_NAMED); i++) {
            Profile next = rules.get(through.get((i + 1) % through.size()));
            Profile rule = rules.get(through.get(i));
            reported.label(rule.rule().file(), causes.get(i).span(), causes.get(i).emits()
                    ? "`" + rule.name() + "` emits it here, and it starts `" + next.name() + "`"
                    : "a heal of `" + rule.name() + "` ends with this, and then the condition of `" + next.name()
                            + "` is true");
        }
        reported.help(help(through, causes));
    }

    private String chain(List<Integer> through, List<Cause> causes) {
        StringBuilder chain = new StringBuilder("`").append(rules.get(through.getFirst()).name()).append('`');
        for (int i = 0; i < through.size(); i++) {
            if (i == MOST_NAMED && through.size() > MOST_NAMED + 1) {
                chain.append(" → … ").append(through.size() - MOST_NAMED - 1).append(" more …");
                i = through.size() - 1;
            }
            chain.append(" → ").append(causes.get(i).words()).append(" → `")
                    .append(rules.get(through.get((i + 1) % through.size())).name()).append('`');
        }
        return chain.toString();
    }

    private String help(List<Integer> through, List<Cause> causes) {
        List<String> bounds = new ArrayList<>();
        for (int number : through) {
            Profile rule = rules.get(number);
            rule.clauses().one(Clause.Cooldown.class).ifPresent(cooldown -> bounds.add("`cooldown: "
                    + cooldown.time().text() + "` of `" + rule.name() + "` lets one round pass in that time"));
            rule.clauses().one(Clause.Limit.class)
                    .ifPresent(_ -> bounds.add("the `limit` of `" + rule.name() + "` bounds it"));
        }
        String cure = causes.stream().allMatch(Cause::emits)
                ? "filter with `where`, so that a rule does not hear of its own events"
                : "let the two leave a gap between what heals the one and what starts the other";
        if (!bounds.isEmpty()) {
            return cure + "; " + String.join(", and ", bounds.subList(0, Math.min(2, bounds.size())));
        }
        return cure + (causes.stream().allMatch(Cause::emits)
                ? ", or add a `cooldown`: nothing but the depth of 5 ends it"
                : ", or add a `cooldown`: nothing else slows it");
    }
}
