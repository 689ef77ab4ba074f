package io.prunella.ruler.index;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts rules in force, and sees to it that a reload loses and repeats nothing. */
final class RuleLoader {
    /** No label is called so. */
    private static final String NO_LABEL = "";

    private final World world;
    private final Judge judge;
    private final Births births;
    private final Staleness staleness;
    private final Comparing comparing = new Comparing();
    private final IntList found = new IntList();
    private int nextRule;

    RuleLoader(World world, Judge judge, Births births, Staleness staleness) {
        this.world = world;
        this.judge = judge;
        this.births = births;
        this.staleness = staleness;
    }

    /**
     * Puts other rules in force.
     *
     * @param first whether all of them are armed; else new and changed ones are only where their condition is false
     */
    FrontIndex.Loaded load(List<PackModel> packs, boolean first) {
        Map<String, Map<String, Rule>> before = new LinkedHashMap<>();
        world.book.written().forEach(rule -> before.computeIfAbsent(rule.pack().name(), _ -> new LinkedHashMap<>())
                .put(rule.model().name(), rule));
        List<Rule> rules = new ArrayList<>();
        List<Rule> kept = new ArrayList<>();
        List<Rule> fresh = new ArrayList<>();
        IdentityHashMap<PackModel, Boolean> sameMetrics = new IdentityHashMap<>();
        for (PackModel pack : packs) {
            sameMetrics.clear();
            Map<String, Rule> own = before.getOrDefault(pack.name(), Map.of());
            for (RuleModel model : StandingRules.all(pack)) {
                Rule known = own.get(model.name());
                if (known != null && known.same(pack, model, sameMetrics)) {
                    known.renew(pack, model);
                    kept.add(known);
                    own.remove(model.name());
                    rules.add(known);
                } else {
                    Rule rule = bind(pack, model);
                    fresh.add(rule);
                    rules.add(rule);
                }
            }
        }
        world.round.judged();
        List<Rule> gone = before.values().stream().flatMap(own -> own.values().stream()).toList();
        gone.forEach(this::dismiss);
        List<Rule> censuses = world.beyond.fleet.askers(rules);
        world.book.rules.stream().filter(rule -> rule.census != null && !censuses.contains(rule))
                .forEach(this::dismiss);
        RuleBook old = world.book;
        world.book = new RuleBook(Stream.concat(rules.stream(), censuses.stream()).toList(), old);
        world.round.newClocks();
        world.freshRules = true;
        world.beyond.histories.askers(world.book.rules);
        world.beyond.heals.askers(world.book.rules);
        world.series.windows.plan(world.book.windows, world.book::metric, world.round.now);
        watchAnew(old);
        censuses.forEach(judge::takeCensus);
        if (world.round.now != Long.MIN_VALUE) {
            world.beginSchedules(world.round.now + 1);
        }
        for (Rule rule : fresh) {
            for (int subject = 0; !first && subject < rule.subjects.size(); subject++) {
                judge.armAnew(rule, subject);
            }
        }
        return new FrontIndex.Loaded(loud(rules), rules.stream().filter(Rule::silent).toList(), loud(kept), loud(fresh),
                loud(gone));
    }

    private static List<Rule> loud(Collection<Rule> rules) {
        return rules.stream().filter(rule -> !rule.silent()).toList();
    }

    private Rule bind(PackModel pack, RuleModel model) {
        Subjects subjects = switch (model.subject()) {
            case RuleModel.Subject.PerEntity _ -> group(World.BY_ENTITY, World.BY_ENTITY);
            case RuleModel.Subject.PerLabels labels -> group(labels.labels(), labels.labels());
            case RuleModel.Subject.PerPack _ -> group(List.of(NO_LABEL, pack.name()), List.of());
        };
        Rule rule = new Rule(nextRule++, pack, model, subjects, world.entities, comparing);
        world.groups.values().forEach(Subjects::fill);
        return rule;
    }

    /** Subjects of one kind; without labels to tell them apart it is the pack that the key ends with. */
    private Subjects group(List<String> key, List<String> by) {
        Subjects known = world.groups.get(key);
        if (known != null) {
            return known;
        }
        Subjects subjects = by.isEmpty()
                ? Subjects.ofPack(key.getLast(), world.series, world.beyond)
                : new Subjects(by, world.series, world.beyond);
        world.groups.put(key, subjects);
        for (int number = 0; number < world.series.size(); number++) {
            if ((world.series.state[number] & SeriesStore.BORN) != 0) {
                subjects.born(number);
            }
        }
        if (world.round.now != Long.MIN_VALUE) {
            world.beyond.fleet.enlist(births);
        }
        return subjects;
    }

    private void dismiss(Rule rule) {
        rule.instances.all().forEach(judge::dismiss);
        rule.instances.clear();
    }

    /** Series of metrics of which others ask now are looked at again; all others stay as they are. */
    private void watchAnew(RuleBook old) {
        SeriesStore series = world.series;
        BitSet changed = world.book.changed;
        for (int number = 0; number < series.size() && !changed.isEmpty(); number++) {
            if (changed.get(series.metric[number])) {
                world.settle(number, Double.NaN, Double.NaN);
            }
        }
        staleness.rulesChanged(old);
        if (!world.book.sameLabels(old)) {
            for (int number = 0; number < series.size(); number++) {
                series.state[number] &= ~SeriesStore.DISPUTED;
            }
            for (int number = 0; number < series.size(); number++) {
                dispute(number);
            }
        }
    }

    private void dispute(int number) {
        Map<String, String> labels = world.series.labelsOf(number);
        if ((world.series.state[number] & SeriesStore.BORN) != 0 && world.asksForAny(labels)) {
            for (Subjects subjects : world.groups.values()) {
                subjects.subjectsOf(number, found);
                for (int i = 0; i < found.size(); i++) {
                    births.dispute(subjects, found.get(i), labels);
                }
            }
        }
    }
}
