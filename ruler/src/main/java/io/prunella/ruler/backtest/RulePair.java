package io.prunella.ruler.backtest;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule as both packs have it, or the one pack that has it. Rules are the same by name; one that is named by its pack,
 * as a file's without a header is, answers the one that is named by the other pack.
 */
record RulePair(Optional<RuleModel> a, Optional<RuleModel> b) {

    /** In the order of the second pack, then those that are gone. */
    static List<RulePair> of(PackModel a, PackModel b) {
        Map<String, RuleModel> old = new LinkedHashMap<>();
        a.rules().forEach(rule -> old.put(rule.name(), rule));
        List<RulePair> pairs = new ArrayList<>();
        for (RuleModel rule : b.rules()) {
            String name = old.containsKey(rule.name()) ? rule.name() : renamed(rule.name(), b.name(), a.name());
            pairs.add(new RulePair(Optional.ofNullable(old.remove(name)), Optional.of(rule)));
        }
        old.values().forEach(rule -> pairs.add(new RulePair(Optional.of(rule), Optional.empty())));
        return pairs;
    }

    private static String renamed(String rule, String pack, String otherPack) {
        boolean namedByPack = rule.equals(pack) || rule.startsWith(pack + "#");
        return namedByPack ? otherPack + rule.substring(pack.length()) : rule;
    }

    String name() {
        return b.or(this::a).map(RuleModel::name).orElseThrow();
    }
}
