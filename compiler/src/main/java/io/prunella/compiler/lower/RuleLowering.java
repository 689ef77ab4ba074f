package io.prunella.compiler.lower;

import io.prunella.compiler.check.Choices;
import io.prunella.compiler.check.MetricTypes;
import io.prunella.compiler.check.PackHeader.Defaults;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.check.Symbols;
import io.prunella.compiler.print.RuleText;
import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.HoldOrigin;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Limit;
import io.prunella.compiler.rule.RuleModel.Per;
import io.prunella.compiler.rule.RuleModel.Subject;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns checked rules and their plans into what the ruler evaluates. */
public final class RuleLowering {
    private static final Condition TRUE = new Condition.All(List.of());

    private final Symbols symbols;
    private final MetricTypes metrics;
    private final SortedMap<String, String> actionFiles;

    /**
     * For the rules of one pack.
     *
     * @param actionFiles digests of the files that actions run, which are part of what a rule means
     */
    public RuleLowering(Symbols symbols, MetricTypes metrics, SortedMap<String, String> actionFiles) {
        this.symbols = symbols;
        this.metrics = metrics;
        this.actionFiles = actionFiles;
    }

    /** Lowers a rule that passed all checks. */
    public RuleModel lower(RuleDeclaration rule, PlanLowering.Lowered plan, Source source) {
        Defaults defaults = symbols.pack().defaults();
        ConditionLowering conditions = new ConditionLowering(source);
        Map<String, String> labels = labels(rule);
        RuleModel model = new RuleModel(rule.name(), severity(rule, labels, defaults), labels,
                rule.clauses().one(Clause.Priority.class).map(Clause.Priority::value).or(defaults::priority)
                        .orElse(0L),
                rule.clauses().one(Clause.Mode.class).map(m -> Choices.mode(m.mode().text())).or(defaults::mode),
                subject(rule), new TriggerLowering(conditions).lower(rule), when(rule, conditions),
                rule.clauses().one(Clause.Unless.class).map(u -> conditions.lower(u.condition(), Quantifier.ANY)),
                rhythm(rule, conditions), cooldown(rule, defaults), limits(rule, source), plan.plan(), plan.outline(),
                plan.conditions(),
                plan.lookups(), "");
        return hashed(model);
    }

    private RuleModel hashed(RuleModel m) {
        Map<String, MetricModel> used = new TreeMap<>();
        MetricNames.of(m).forEach(name -> used.put(name, metric(name)));
        String hash = ContentHash.of(RuleText.meaning(m, used.values(), actionFiles));
        return new RuleModel(m.name(), m.severity(), m.labels(), m.priority(), m.mode(), m.subject(), m.trigger(),
                m.when(), m.unless(), m.rhythm(), m.cooldownMillis(), m.limits(), m.plan(), m.outline(), m.conditions(),
                m.lookups(), hash);
    }

    /** Every metric that one of the rules or other conditions names, by name. */
    public Map<String, MetricModel> metrics(List<RuleModel> rules, List<Condition> others) {
        Map<String, MetricModel> all = new TreeMap<>();
        others.forEach(condition -> MetricNames.of(condition).forEach(name -> all.put(name, metric(name))));
        rules.forEach(rule -> MetricNames.of(rule).forEach(name -> all.put(name, metric(name))));
        return all;
    }

    private MetricModel metric(String name) {
        var declared = symbols.metric(name);
        Dimension dimension = metrics.dimension(name, symbols);
        return declared.map(d -> new MetricModel(name, dimension, true,
                d.staleAfter().map(s -> s.millis()).orElse(MetricModel.DEFAULT_STALE_MILLIS), d.source().isPresent(),
                false))
                .orElseGet(() -> new MetricModel(name, dimension, false, MetricModel.DEFAULT_STALE_MILLIS, false,
                        metrics.percent().contains(name)));
    }

    private static Map<String, String> labels(RuleDeclaration rule) {
        Map<String, String> labels = new LinkedHashMap<>();
        rule.clauses().one(Clause.Labels.class).ifPresent(clause -> clause.labels().entries().forEach(e -> {
            if (e.value() instanceof Expr.StringLiteral text) {
                labels.put(e.name().text(), text.text());
            }
        }));
        return labels;
    }

    private static String severity(RuleDeclaration rule, Map<String, String> labels, Defaults defaults) {
        return rule.clauses().one(Clause.Severity.class).map(s -> s.level().text())
                .or(() -> Optional.ofNullable(labels.get("severity")).filter(Choices.SEVERITIES::contains))
                .or(defaults::severity).orElse("warning");
    }

    private static Subject subject(RuleDeclaration rule) {
        Optional<Clause.By> written = rule.clauses().one(Clause.By.class);
        if (rule.clauses().ofPack()) {
            return new Subject.PerPack();
        }
        List<String> by = written.map(b -> b.labels().stream().map(l -> l.text()).toList()).orElse(List.of("entity"));
        if (by.equals(List.of("entity"))) {
            return new Subject.PerEntity();
        }
        List<String> ordered = new java.util.ArrayList<>(by);
        if (ordered.remove("entity")) {
            ordered.addFirst("entity");
        }
        return new Subject.PerLabels(ordered);
    }

    private static Condition when(RuleDeclaration rule, ConditionLowering conditions) {
        Condition when = rule.clauses().one(Clause.When.class).map(w -> conditions.when(w.condition())).orElse(TRUE);
        return rule.clauses().one(Clause.For.class)
                .<Condition>map(f -> new Condition.Held(when, f.hold().millis(), false, HoldOrigin.CLAUSE))
                .orElse(when);
    }

    private static RuleModel.Rhythm rhythm(RuleDeclaration rule, ConditionLowering conditions) {
        return new RuleModel.Rhythm(
                rule.clauses().one(Clause.Until.class).map(u -> conditions.lower(u.condition(), Quantifier.ANY)),
                millis(rule.clauses().one(Clause.Repeat.class).map(r -> r.every().millis())),
                millis(rule.clauses().one(Clause.KeepFiringFor.class).map(k -> k.bridge().millis())));
    }

    private static OptionalLong millis(Optional<Long> time) {
        return time.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static OptionalLong cooldown(RuleDeclaration rule, Defaults defaults) {
        return millis(
                rule.clauses().one(Clause.Cooldown.class).map(c -> c.time().millis()).or(defaults::cooldownMillis));
    }

    private static List<Limit> limits(RuleDeclaration rule, Source source) {
        return rule.clauses().one(Clause.Limit.class).map(limit -> limit.terms().stream()
                .map(term -> limit(term, source)).toList()).orElse(List.of());
    }

    private static Limit limit(Clause.LimitTerm term, Source source) {
        String text = source.slice(term.span()).replaceAll("\\s+", " ");
        return switch (term) {
            case Clause.LimitTerm.Rate rate ->
                new Limit.Rate(rate.count(), rate.window().millis(), per(rate.per()), text);
            case Clause.LimitTerm.AtOnce atOnce -> new Limit.AtOnce(atOnce.count(), per(atOnce.per()), text);
            case Clause.LimitTerm.OfFleet of -> new Limit.OfFleet(of.fraction().value(), text);
        };
    }

    private static Per per(Optional<Name> name) {
        return name.map(Name::text).<Per>map(n -> n.equals("subject") ? new Per.PerSubject() : new Per.Label(n))
                .orElseGet(Per.Rule::new);
    }
}
