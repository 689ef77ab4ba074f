package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Trigger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may start two rules at once: one event, one alert, or one metric that both watch. */
final class Evidence {
    private Evidence() {}

    /** By key, how to say it. */
    static Map<String, String> of(Profile rule) {
        Map<String, String> evidence = new LinkedHashMap<>();
        rule.trigger().ifPresent(trigger -> {
            switch (trigger) {
                case Trigger.OnEvent event when event.without().isEmpty() -> last(event).types()
                        .forEach(type -> evidence.put("event " + type.text(), "event `" + type.text() + "`"));
                case Trigger.OnAlert alert -> alert.names()
                        .forEach(name -> evidence.put("alert " + name.text(), "alert `" + name.text() + "`"));
                case Trigger.OnEvent _,Trigger.OnBurn _,Trigger.OnCron _,Trigger.OnEvery _ -> {
                    // At an instant of its own.
                }
            }
        });
        if (rule.isLevel() || !evidence.isEmpty()) {
            metrics(rule.conclusions()).forEach(metric -> evidence.put("metric " + metric, "`" + metric + "`"));
        }
        return evidence;
    }

    private static Trigger.EventPattern last(Trigger.OnEvent event) {
        return event.chain().isEmpty() ? event.first() : event.chain().getLast().pattern();
    }

    private static Set<String> metrics(List<Expr> conditions) {
        Set<String> metrics = new LinkedHashSet<>();
        conditions.forEach(condition -> Ast.walk(condition, node -> {
            if (node instanceof Expr.Series series) {
                metrics.add(series.name().text());
            }
        }));
        return metrics;
    }

    /**
     * Whether what two rules share may start both, rather than only let both act: a metric counts where one of them is
     * started by it, and they ask different things of it, or one is true whenever the other is.
     */
    static boolean starts(String key, Profile a, Profile b) {
        if (!key.startsWith("metric ")) {
            return true;
        }
        if (!a.isLevel() && !b.isLevel()) {
            return false;
        }
        String metric = key.substring("metric ".length());
        return !asked(a, metric).equals(asked(b, metric))
                || Implications.implies(a.legs(), b.conclusions()) || Implications.implies(b.legs(), a.conclusions());
    }

    private static Set<String> asked(Profile rule, String metric) {
        Set<String> asked = new LinkedHashSet<>();
        rule.conclusions().stream().filter(part -> metrics(List.of(part)).contains(metric))
                .forEach(part -> asked.add(Ast.print(part)));
        return asked;
    }

}
