package io.prunella.ruler.backtest;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.plan.Mode;
import io.prunella.ruler.backtest.Difference.Change;
import io.prunella.ruler.backtest.Difference.Kind;
import io.prunella.ruler.backtest.RuleDifference.Clause;
import io.prunella.ruler.backtest.RuleDifference.Fate;
import io.prunella.ruler.simulation.Recordings;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationReport;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs two packs over the same recordings and says what the second would have done differently.
 *
 * <p>Recordings are streamed, once for each pack and once more to find reasons; what is kept is the firings.
 */
public final class Backtest {
    /** Firings further apart than this don't answer each other, unless one event that stays open longer fired both. */
    public static final long REACH_MILLIS = 3_600_000;

    private Backtest() {}

    private record Run(Tally tally, SimulationReport report) {}

    /** Of packs {@code a}, as it is, and {@code b}, as it would be. */
    public static BacktestReport run(PackModel a, PackModel b, Recordings recordings, SimulationSettings settings)
            throws IOException {
        Run before = simulate(a, recordings, settings);
        Run after = simulate(b, recordings, settings);
        Map<String, List<Fired>> firedBefore = byRule(before);
        Map<String, List<Fired>> firedAfter = byRule(after);
        List<RulePair> pairs = RulePair.of(a, b);
        List<RuleDifference> rules = new ArrayList<>();
        for (RulePair pair : pairs) {
            rules.add(compare(pair,
                    pair.a().map(rule -> firedBefore.getOrDefault(rule.name(), List.of())).orElse(List.of()),
                    pair.b().map(rule -> firedAfter.getOrDefault(rule.name(), List.of())).orElse(List.of())));
        }
        List<RuleDifference> explained = new Reasons(a, b, recordings, settings).find(pairs, rules);
        List<String> notices = new ArrayList<>();
        before.report().notices().forEach(notice -> notices.add("A: " + notice));
        after.report().notices().forEach(notice -> notices.add("B: " + notice));
        return new BacktestReport(before.report().recording(), before.report().first(), before.report().last(),
                explained,
                before.tally().totals(before.report(), settings.topology()),
                after.tally().totals(after.report(), settings.topology()), notices);
    }

    private static Run simulate(PackModel pack, Recordings recordings, SimulationSettings settings)
            throws IOException {
        Tally tally = new Tally(pack);
        return new Run(tally, Simulation.run(pack, recordings.open(), settings, tally::add));
    }

    private static Map<String, List<Fired>> byRule(Run run) {
        Map<String, List<Fired>> byRule = new HashMap<>();
        run.tally().fired().forEach(f -> byRule.computeIfAbsent(f.rule(), _ -> new ArrayList<>()).add(f));
        return byRule;
    }

    private static RuleDifference compare(RulePair rules, List<Fired> before, List<Fired> after) {
        List<Clause> clauses = new ArrayList<>();
        List<Change> always = new ArrayList<>();
        if (rules.a().isPresent() && rules.b().isPresent()) {
            RuleModel a = rules.a().get();
            RuleModel b = rules.b().get();
            clauses.addAll(Clauses.differing(a, b));
            always.addAll(ofEveryFiring(a, b));
        }
        long reach = Math.max(REACH_MILLIS,
                Math.max(rules.a().map(Backtest::openMillis).orElse(0L),
                        rules.b().map(Backtest::openMillis).orElse(0L)));
        List<Difference> differences = new ArrayList<>();
        for (Pairing.Pair pair : Pairing.of(before, after, reach)) {
            difference(pair, always).ifPresent(differences::add);
        }
        return new RuleDifference(rules.name(), fate(rules, clauses), clauses, before.size(), after.size(),
                differences);
    }

    private static Fate fate(RulePair rules, List<Clause> clauses) {
        if (rules.a().isEmpty()) {
            return Fate.NEW;
        }
        if (rules.b().isEmpty()) {
            return Fate.GONE;
        }
        return clauses.isEmpty() ? Fate.SAME : Fate.CHANGED;
    }

    /** What differs between any two firings of a rule, because it stands in the rule. */
    private static List<Change> ofEveryFiring(RuleModel a, RuleModel b) {
        List<Change> changes = new ArrayList<>();
        if (!a.severity().equals(b.severity())) {
            changes.add(new Change("severity", a.severity(), b.severity()));
        }
        if (!a.mode().equals(b.mode())) {
            changes.add(new Change("mode", mode(a), mode(b)));
        }
        if (Clauses.planDiffers(a, b)) {
            changes.add(new Change("plan", PlanText.of(a), PlanText.of(b)));
        }
        return changes;
    }

    private static String mode(RuleModel rule) {
        return rule.mode().map(Mode::label).orElse("the server's");
    }

    private static long openMillis(RuleModel rule) {
        return switch (rule.trigger()) {
            case Trigger.OnEvent on -> on.openMillis();
            case Trigger.Sequence on -> on.openMillis();
            case Trigger.Absence on -> on.openMillis();
            case Trigger.Times on -> on.openMillis();
            case Trigger.Edge _,Trigger.OnAlert _,Trigger.OnCron _,Trigger.OnEvery _ -> 0;
        };
    }

    private static Optional<Difference> difference(Pairing.Pair pair, List<Change> always) {
        if (pair.a().isEmpty() || pair.b().isEmpty()) {
            return Optional.of(new Difference(pair.a().isEmpty() ? Kind.NEW : Kind.GONE, pair.a(), pair.b(), List.of(),
                    List.of()));
        }
        Fired a = pair.a().get();
        Fired b = pair.b().get();
        List<Change> changes = new ArrayList<>();
        if (a.result() != b.result()) {
            changes.add(new Change("result", a.result().name(), b.result().name()));
        }
        changes.addAll(always);
        int order = Long.compare(b.ts(), a.ts());
        if (order == 0 && changes.isEmpty()) {
            return Optional.empty();
        }
        Kind kind = order == 0 ? Kind.CHANGED : order < 0 ? Kind.EARLIER : Kind.LATER;
        return Optional.of(new Difference(kind, pair.a(), pair.b(), changes, List.of()));
    }
}
