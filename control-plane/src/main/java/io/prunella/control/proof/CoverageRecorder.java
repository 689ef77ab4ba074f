package io.prunella.control.proof;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.explain.LegName;
import io.prunella.ruler.explain.LegRecorder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what the tests of one pack see of its rules. */
final class CoverageRecorder implements LegRecorder {
    private static final String FIRES = "fires";
    private static final String DOES_NOT_FIRE = "does not fire";

    private final PackModel pack;
    private final List<LegName> legs;
    private final Map<String, EnumSet<Truth>> seen = new HashMap<>();
    private final Map<String, Map<String, Long>> outcomes = new HashMap<>();
    private final Set<String> judged = new HashSet<>();

    CoverageRecorder(PackModel pack) {
        this.pack = pack;
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), _ -> {});
        ruler.load(List.of(pack));
        legs = ruler.legs();
    }

    @Override
    public void judged(String packName, String rule, String leg, Truth truth) {
        judged.add(rule);
        seen.computeIfAbsent(key(rule, leg), _ -> EnumSet.noneOf(Truth.class)).add(truth);
    }

    private static String key(String rule, String leg) {
        return rule + "\n" + leg;
    }

    /** A test is over. */
    void played(List<Seen> firings) {
        Set<String> fired = new HashSet<>();
        for (Seen firing : firings) {
            String rule = firing.firing().rule();
            fired.add(rule);
            if (firing.firing().skipped().isEmpty()) {
                happened(rule, FIRES);
            }
            firing.result().ifPresent(result -> happened(rule, result.name()));
        }
        for (RuleModel rule : pack.rules()) {
            boolean watched = judged.contains(rule.name())
                    || legs.stream().noneMatch(leg -> leg.rule().equals(rule.name()));
            if (watched && !fired.contains(rule.name())) {
                happened(rule.name(), DOES_NOT_FIRE);
            }
        }
        judged.clear();
    }

    private void happened(String rule, String outcome) {
        outcomes.computeIfAbsent(rule, _ -> new LinkedHashMap<>()).merge(outcome, 1L, Long::sum);
    }

    Coverage coverage() {
        return new Coverage(pack.rules().stream().map(this::of).toList());
    }

    private Coverage.OfRule of(RuleModel rule) {
        List<Coverage.Leg> ofRule = legs.stream().filter(leg -> leg.rule().equals(rule.name())).map(leg -> {
            Set<Truth> truths = seen.getOrDefault(key(leg.rule(), leg.id()), EnumSet.noneOf(Truth.class));
            return new Coverage.Leg(leg.id(), leg.text(), truths.contains(Truth.TRUE), truths.contains(Truth.FALSE),
                    truths.contains(Truth.UNKNOWN));
        }).toList();
        Map<String, Long> happened = outcomes.getOrDefault(rule.name(), Map.of());
        List<Coverage.Outcome> all = new ArrayList<>();
        List<String> provided = provided(rule);
        provided.forEach(name -> all.add(new Coverage.Outcome(name, true, happened.getOrDefault(name, 0L))));
        happened.forEach((name, times) -> {
            if (!provided.contains(name)) {
                all.add(new Coverage.Outcome(name, false, times));
            }
        });
        return new Coverage.OfRule(pack.name(), pack.digest(), rule.name(), ofRule, all);
    }

    /** The outcomes for which something stands in the rule. */
    private static List<String> provided(RuleModel rule) {
        List<String> provided = new ArrayList<>(List.of(FIRES, DOES_NOT_FIRE));
        if (rule.plan().verify().isPresent()) {
            provided.add(HealResult.HEALED.name());
            provided.add(rule.plan().rollback().isEmpty()
                    ? HealResult.VERIFY_FAILED.name()
                    : HealResult.ROLLED_BACK.name());
        }
        if (rule.cooldownMillis().isPresent()) {
            provided.add(HealResult.SKIPPED_COOLDOWN.name());
        }
        if (!rule.limits().isEmpty()) {
            provided.add(HealResult.SKIPPED_LIMIT.name());
        }
        return provided;
    }
}
