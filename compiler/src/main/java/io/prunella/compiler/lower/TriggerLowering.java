package io.prunella.compiler.lower;

import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.EventPart;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Trigger.EventPattern;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lowers what starts a rule. */
final class TriggerLowering {
    private static final long OPEN_MILLIS = 300_000;
    private static final Condition TRUE = new Condition.All(List.of());

    private final ConditionLowering conditions;

    TriggerLowering(ConditionLowering conditions) {
        this.conditions = conditions;
    }

    Trigger lower(RuleDeclaration rule) {
        return rule.clauses().one(Clause.On.class).map(on -> lower(on.trigger())).orElseGet(Trigger.Edge::new);
    }

    private Trigger lower(io.prunella.dsl.ast.Trigger trigger) {
        return switch (trigger) {
            case io.prunella.dsl.ast.Trigger.OnEvent event -> event(event);
            case io.prunella.dsl.ast.Trigger.OnAlert alert ->
                new Trigger.OnAlert(names(alert.names()), where(alert.where()));
            case io.prunella.dsl.ast.Trigger.OnCron cron -> new Trigger.OnCron(cron.cron().text(),
                    cron.zone().<ZoneId>map(zone -> ZoneId.of(zone.text())).orElse(ZoneOffset.UTC));
            case io.prunella.dsl.ast.Trigger.OnEvery every -> new Trigger.OnEvery(every.period().millis());
            case io.prunella.dsl.ast.Trigger.OnBurn burn ->
                throw new IllegalStateException("unchecked trigger: " + burn);
        };
    }

    private Trigger event(io.prunella.dsl.ast.Trigger.OnEvent event) {
        long open = event.open().map(DurationLiteral::millis).orElse(OPEN_MILLIS);
        if (!event.chain().isEmpty()) {
            List<EventPart> parts = new ArrayList<>();
            parts.add(part(event.first(), 0));
            event.chain().forEach(next -> parts.add(part(next.pattern(), next.within().millis())));
            return new Trigger.Sequence(parts, open);
        }
        if (event.without().isPresent()) {
            var without = event.without().get();
            return new Trigger.Absence(part(event.first(), 0), part(without.pattern(), without.within().millis()),
                    open);
        }
        if (event.times().isPresent()) {
            var times = event.times().get();
            return new Trigger.Times(part(event.first(), 0), times.count(), times.within().millis(), open);
        }
        return new Trigger.OnEvent(names(event.first().types()), where(event.first().where()), open);
    }

    private RuleModel.EventPart part(EventPattern pattern, long within) {
        return new EventPart(names(pattern.types()), where(pattern.where()), pattern.alias().map(Name::text), within);
    }

    private Condition where(Optional<Expr> where) {
        return where.map(w -> conditions.lower(w, Quantifier.ANY)).orElse(TRUE);
    }

    private static List<String> names(List<Name> names) {
        return names.stream().map(Name::text).distinct().toList();
    }
}
