package io.prunella.compiler.lower;

import io.prunella.compiler.check.Declared;
import io.prunella.compiler.check.PackHeader;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.check.StepCheck;
import io.prunella.compiler.check.Symbols;
import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.Provenance;
import io.prunella.compiler.rule.Provenance.Origin;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step.Invoke;
import io.prunella.dsl.diagnostic.Source;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.ChannelSpec;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import io.prunella.plan.Value;
import io.prunella.plan.Verify;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns the steps of checked rules into plans that need nothing of the pack. */
public final class PlanLowering {
    private static final long VERIFY_WITHIN_MILLIS = 300_000;

    private final Symbols symbols;
    private final String folder;

    /**
     * For the rules of one pack.
     *
     * @param folder absolute path of the pack, empty where there is none
     */
    public PlanLowering(Symbols symbols, String folder) {
        this.symbols = symbols;
        this.folder = folder;
    }

    /**
     * A rule's plan, and what belongs to it elsewhere.
     *
     * @param outline {@code then} as a simulation prints it
     * @param conditions what the plan's references point at
     * @param lookups series that its templates name
     */
    public record Lowered(ExecutionPlan plan, List<Map<String, Value>> outline, List<Condition> conditions,
            List<SeriesSelector> lookups, Provenance provenance) {}

    /** Lowers a rule that passed all checks. */
    public Lowered lower(RuleDeclaration rule, Source source) {
        PackHeader pack = symbols.pack();
        ConditionLowering conditions = new ConditionLowering(source);
        RuleConditions ruleConditions = new RuleConditions(rule.name());
        Map<String, Origin> origins = new LinkedHashMap<>();
        ruleOrigins(rule, origins);
        StepLowering steps = new StepLowering(pack.defaults(), conditions, ruleConditions, origins);
        List<Step> then = steps.steps("then", rule.clauses().then());
        Optional<Verify> verify = rule.clauses().one(Clause.Verify.class)
                .map(v -> verify(v, conditions, ruleConditions, origins));
        List<Step> after = steps.steps("after", rule.clauses().after());
        List<Step> rollback = steps.steps("rollback", rule.clauses().rollback());
        List<Step> escalate = steps.steps("escalate", rule.clauses().escalate());
        List<Step> all = new ArrayList<>(then);
        all.addAll(after);
        all.addAll(rollback);
        all.addAll(escalate);
        ExecutionPlan plan = new ExecutionPlan(rule.name(), pack.name() + " " + pack.version(), then, verify, after,
                rollback, escalate, actions(all), channels(all));
        return new Lowered(plan, Outline.of(rule.clauses().then(), pack.defaults(), conditions),
                ruleConditions.all(), Lookups.of(plan, selectors(rule)), new Provenance(origins));
    }

    private void ruleOrigins(RuleDeclaration rule, Map<String, Origin> origins) {
        PackHeader.Defaults defaults = symbols.pack().defaults();
        origin("mode", rule, Clause.Mode.class, defaults.mode().isPresent(), origins);
        origin("severity", rule, Clause.Severity.class, defaults.severity().isPresent(), origins);
        origin("priority", rule, Clause.Priority.class, defaults.priority().isPresent(), origins);
        origin("cooldown", rule, Clause.Cooldown.class, defaults.cooldownMillis().isPresent(), origins);
    }

    private static void origin(String field, RuleDeclaration rule, Class<? extends Clause> clause, boolean inherited,
            Map<String, Origin> origins) {
        origins.put(field, rule.clauses().one(clause).isPresent()
                ? Origin.RULE
                : inherited ? Origin.PACK_DEFAULTS : Origin.BUILT_IN);
    }

    private static Verify verify(Clause.Verify verify, ConditionLowering conditions, RuleConditions ruleConditions,
            Map<String, Origin> origins) {
        origins.put("verify.within", verify.within().isPresent() ? Origin.RULE : Origin.BUILT_IN);
        Condition condition = conditions.lower(verify.condition(), Quantifier.ALL);
        return new Verify(ruleConditions.add(condition, conditions.text(verify.condition())),
                verify.within().map(d -> d.millis()).orElse(VERIFY_WITHIN_MILLIS),
                verify.every().map(d -> d.millis()));
    }

    private static List<SeriesSelector> selectors(RuleDeclaration rule) {
        List<SeriesSelector> selectors = new ArrayList<>();
        for (io.prunella.dsl.ast.Step step : rule.clauses().steps()) {
            if (step instanceof Invoke invoke) {
                invoke.positional().forEach(e -> selectors(e, selectors));
                invoke.options().forEach(o -> StepCheck.value(o).ifPresent(e -> selectors(e, selectors)));
            }
        }
        return selectors;
    }

    private static void selectors(Expr expr, List<SeriesSelector> selectors) {
        if (expr instanceof Expr.Call call && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Expr.Series series) {
            selectors.add(ConditionLowering.selector(series));
        } else if (expr instanceof Expr.ListLiteral list) {
            list.items().forEach(item -> selectors(item, selectors));
        } else if (expr instanceof Expr.MapLiteral map) {
            map.entries().forEach(entry -> selectors(entry.value(), selectors));
        }
    }

    private List<ActionSpec> actions(List<Step> steps) {
        Set<String> names = new TreeSet<>();
        steps.stream().flatMap(Step::andInside).forEach(step -> {
            switch (step) {
                case Step.Execute execute -> names.add(execute.action());
                case Step.Collect collect -> names.add(collect.action());
                case Step.Notify _,Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Emit _,Step.Ticket _,Step.Parallel _ -> {
                    // Runs no action of its own.
                }
            }
        });
        return names.stream().flatMap(name -> symbols.action(name).stream())
                .map(action -> ActionLowering.lower(action, folder)).toList();
    }

    private List<ChannelSpec> channels(List<Step> steps) {
        Set<String> names = new TreeSet<>();
        steps.stream().flatMap(Step::andInside).forEach(step -> {
            switch (step) {
                case Step.Notify notify -> names.add(notify.channel());
                case Step.Ticket ticket -> names.add(ticket.channel());
                case Step.Execute _,Step.Collect _,Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Emit _,Step.Parallel _ -> {
                    // Says nothing to a channel.
                }
            }
        });
        List<ChannelSpec> channels = new ArrayList<>();
        for (String name : names) {
            Declared<Declaration.Channel> channel = symbols.channels().get(name);
            if (channel != null) {
                channels.add(channel(channel.declaration()));
            }
        }
        return channels;
    }

    private static ChannelSpec channel(Declaration.Channel channel) {
        Map<String, Value> properties = new LinkedHashMap<>();
        channel.properties().forEach(p -> properties.put(p.name().text(), PlanValues.of(p.value())));
        return new ChannelSpec(channel.name().text(), channel.kind().text(), properties);
    }

    /** Every action of the pack, whether a rule runs it or not. */
    public List<ActionSpec> allActions() {
        return symbols.actions().values().stream().map(a -> ActionLowering.lower(a.declaration(), folder)).toList();
    }

    /** Every channel of the pack. */
    public List<ChannelSpec> allChannels() {
        return symbols.channels().values().stream().map(c -> channel(c.declaration())).toList();
    }
}
