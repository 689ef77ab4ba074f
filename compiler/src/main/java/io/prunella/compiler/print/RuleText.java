package io.prunella.compiler.print;

import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.EventPart;
import io.prunella.compiler.rule.RuleModel.Limit;
import io.prunella.compiler.rule.RuleModel.Per;
import io.prunella.compiler.rule.RuleModel.Subject;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.plan.DurationText;
import io.prunella.plan.NumberText;
import io.prunella.plan.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rule as text for people, and the same text as what its content hash is taken of. */
public final class RuleText {
    private RuleText() {}

    /** A rule with everything that was filled in, its actions left out. */
    public static String of(RuleModel rule) {
        StringBuilder out = new StringBuilder();
        rule(rule, out);
        return out.toString();
    }

    /**
     * All that a rule means: equal texts, equal behaviour. The pack's name, version and place are no part of it, so that
     * a new version of a pack does not arm its unchanged rules anew.
     *
     * @param actionFiles digests of the files that actions run, by path
     */
    public static String meaning(RuleModel rule, Collection<MetricModel> metrics,
            SortedMap<String, String> actionFiles) {
        StringBuilder out = new StringBuilder();
        rule(rule, out);
        metrics.forEach(metric -> metric(metric, out));
        StepText steps = new StepText(out);
        rule.plan().actions().forEach(action -> steps.action(action, actionFiles));
        rule.plan().channels().forEach(steps::channel);
        return out.toString();
    }

    private static void rule(RuleModel rule, StringBuilder out) {
        out.append("rule ").append(rule.name()).append('\n');
        line("severity", rule.severity(), out);
        if (!rule.labels().isEmpty()) {
            line("labels", new TreeMap<>(rule.labels()).toString(), out);
        }
        line("priority", Long.toString(rule.priority()), out);
        rule.mode().ifPresent(mode -> line("mode", mode.label(), out));
        line("by", switch (rule.subject()) {
            case Subject.PerEntity _ -> "entity";
            case Subject.PerPack _ -> "pack";
            case Subject.PerLabels labels -> String.join(", ", labels.labels());
        }, out);
        switch (rule.trigger()) {
            case Trigger.Edge _ -> line("on", "the condition's becoming true", out);
            case Trigger.OnEvent event -> {
                line("on event", String.join(" | ", event.types()), out);
                line("where", ConditionText.of(event.where()), out);
                line("open", DurationText.of(event.openMillis()), out);
            }
            case Trigger.Sequence sequence -> {
                sequence.parts().forEach(part -> part("followed by event", part, out));
                line("open", DurationText.of(sequence.openMillis()), out);
            }
            case Trigger.Absence absence -> {
                part("on event", absence.first(), out);
                part("without event", absence.without(), out);
                line("open", DurationText.of(absence.openMillis()), out);
            }
            case Trigger.Times times -> {
                part("on event", times.of(), out);
                line("times", times.count() + " within " + DurationText.of(times.withinMillis()), out);
                line("open", DurationText.of(times.openMillis()), out);
            }
            case Trigger.OnAlert alert -> {
                line("on alert", String.join(" | ", alert.names()), out);
                line("where", ConditionText.of(alert.where()), out);
            }
            case Trigger.OnCron cron -> line("on schedule", cron.cron() + " zone " + cron.zone().getId(), out);
            case Trigger.OnEvery every -> line("on schedule", "every " + DurationText.of(every.periodMillis()), out);
        }
        line("when", ConditionText.of(rule.when()), out);
        rule.unless().ifPresent(unless -> line("unless", ConditionText.of(unless), out));
        rule.rhythm().until().ifPresent(until -> line("until", ConditionText.of(until), out));
        rule.rhythm().repeatMillis().ifPresent(repeat -> line("repeat", DurationText.of(repeat), out));
        rule.rhythm().keepFiringMillis().ifPresent(keep -> line("keep_firing_for", DurationText.of(keep), out));
        rule.cooldownMillis().ifPresent(cooldown -> line("cooldown", DurationText.of(cooldown), out));
        rule.limits().forEach(limit -> line("limit", limit(limit), out));
        steps("then", rule.plan().then(), out);
        rule.plan().verify().ifPresent(verify -> line("verify", "condition[" + verify.condition().index() + "] within "
                + DurationText.of(verify.withinMillis())
                + verify.everyMillis().map(every -> " every " + DurationText.of(every)).orElse(""), out));
        steps("after", rule.plan().after(), out);
        steps("rollback", rule.plan().rollback(), out);
        steps("escalate", rule.plan().escalate(), out);
        for (int i = 0; i < rule.conditions().size(); i++) {
            line("condition[" + i + "]", ConditionText.of(rule.conditions().get(i)), out);
        }
        rule.lookups().forEach(lookup -> line("looks up", lookup.text(), out));
        for (Map<String, io.prunella.plan.Value> step : rule.outline()) {
            out.append("  outline ");
            new StepText(out).arguments(step);
            out.append('\n');
        }
    }

    private static void line(String name, String text, StringBuilder out) {
        out.append("  ").append(name).append(": ").append(text).append('\n');
    }

    private static String limit(Limit limit) {
        return switch (limit) {
            case Limit.Rate rate ->
                rate.count() + " per " + DurationText.of(rate.windowMillis()) + per(rate.per());
            case Limit.AtOnce atOnce -> atOnce.count() + " at once" + per(atOnce.per());
            case Limit.OfFleet fleet -> NumberText.of(fleet.fraction()) + " of fleet";
        };
    }

    private static String per(Per per) {
        return switch (per) {
            case Per.Rule _ -> "";
            case Per.PerSubject _ -> " per subject";
            case Per.Label label -> " per label " + label.name();
        };
    }

    private static void part(String name, EventPart part, StringBuilder out) {
        line(name, String.join(" | ", part.types()) + part.alias().map(alias -> " as " + alias).orElse("")
                + " within " + DurationText.of(part.withinMillis()) + " where " + ConditionText.of(part.where()), out);
    }

    private static void steps(String clause, List<Step> steps, StringBuilder out) {
        for (Step step : steps) {
            out.append("  ").append(clause).append(": ");
            new StepText(out).step(step);
            out.append('\n');
        }
    }

    /** A metric on a line. */
    public static void metric(MetricModel metric, StringBuilder out) {
        out.append("  metric ").append(metric.name()).append(": ").append(metric.dimension().label())
                .append(", stale after ").append(DurationText.of(metric.staleMillis()))
                .append(metric.sourcePercent() ? ", source percent" : "")
                .append(metric.guardPercent() ? ", guarded against percent" : "")
                .append(metric.declared() ? "" : ", undeclared").append('\n');
    }
}
