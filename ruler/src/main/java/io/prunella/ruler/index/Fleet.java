package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.ExecutionPlan;
import io.prunella.ruler.topology.Entities;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Who belongs to the fleet, and every condition that is asked of all of it. */
final class Fleet {
    private final World world;
    private final Presence presence;
    private final Map<Key, Census> censuses = new LinkedHashMap<>();
    private final Comparing comparing = new Comparing();
    private boolean started;

    /** Equal ones are asked once. */
    private record Key(Condition where, List<Term.SeriesTerm> series) {}

    Fleet(World world) {
        this.world = world;
        this.presence = new Presence(world);
    }

    Topology topology() {
        return world.beyond.topology;
    }

    Presence presence() {
        return presence;
    }

    /** The census of a condition; one that is not asked for yet. */
    Census census(PackModel pack, Condition where) {
        Rule rule = new Rule(-1, pack, model(where), world.entities, world.entities, comparing);
        return censuses.computeIfAbsent(new Key(where, List.copyOf(rule.inputs.seriesTerms)), _ -> {
            Census census = new Census(rule, this);
            rule.census = census;
            return census;
        });
    }

    private static RuleModel model(Condition where) {
        return new RuleModel(" census", "info", Map.of(), 0, Optional.empty(), new RuleModel.Subject.PerEntity(),
                new RuleModel.Trigger.Edge(), where, Optional.empty(), RuleModel.Rhythm.PLAIN, OptionalLong.empty(),
                List.of(), new ExecutionPlan(" census", "", List.of(), Optional.empty(), List.of(), List.of(),
                        List.of(), List.of(), List.of()),
                List.of(), List.of(), List.of(), "");
    }

    /**
     * Other rules are in force.
     *
     * @return the rules of the censuses that they ask for
     */
    List<Rule> askers(List<Rule> rules) {
        Set<Census> used = new LinkedHashSet<>();
        censuses.values().forEach(Census::forgetAskers);
        boolean presences = false;
        for (Rule rule : rules) {
            for (Lowering lowered : rule.lowered()) {
                used.addAll(lowered.fleet.censuses());
                presences |= lowered.fleet.asksPresence();
            }
            rule.inputs.fleet.tellOf(rule);
        }
        censuses.values().retainAll(used);
        presence.needed(presences || !used.isEmpty());
        return used.stream().map(census -> census.rule).toList();
    }

    /** Whether an entity is a node of the inventory, or, without one, was seen in the last 24 h. */
    boolean member(int subject) {
        String entity = world.entities.valuesOf(subject).getFirst();
        return Entities.node(entity) && present(entity, subject);
    }

    private boolean present(String entity, int subject) {
        return topology().hasInventory() ? topology().contains(entity) : presence.seen(subject);
    }

    /** Whether an entity is in the inventory, or, without one, was seen in the last 24 h. */
    boolean present(String entity) {
        int subject = world.entities.find(List.of(entity));
        return subject >= 0 && present(entity, subject);
    }

    List<String> values(int subject, List<String> by) {
        return values(world.entities, subject, by);
    }

    static List<String> values(Subjects subjects, int subject, List<String> by) {
        return by.isEmpty() ? List.of() : by.stream().map(label -> subjects.label(subject, label)).toList();
    }

    /** Another topology is in force: from the next instant on, everything that asks for it is judged anew. */
    void changed() {
        started = false;
    }

    /** An instant begins: whoever is in the inventory is there from the first one on. */
    void begin(Births births) {
        if (started) {
            return;
        }
        started = true;
        enlist(births);
        censuses.values().forEach(census -> census.recount(world.round));
        for (Rule rule : world.book.standingAlone) {
            for (int subject = 0; subject < rule.subjects.size(); subject++) {
                world.round.mark(rule, subject);
            }
        }
    }

    /** Makes subjects of all that are in the inventory. */
    void enlist(Births births) {
        Topology topology = topology();
        for (Subjects subjects : new ArrayList<>(world.groups.values())) {
            int before = subjects.size();
            for (String entity : topology.inventory()) {
                subjects.of(subjects.parts(entity, topology.labels(entity)));
            }
            births.welcome(subjects, before);
        }
    }

    /** Has the rules judged that what was counted anew may concern. */
    void tell(Sight sight) {
        if (!censuses.isEmpty()) {
            censuses.values().forEach(census -> census.tell(sight, world.round));
        }
    }
}
