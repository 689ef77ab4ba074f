package io.prunella.ruler.index;

import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.plan.Truth;
import io.prunella.ruler.topology.Topology;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One condition asked of every entity: what it is of each, counted for the fleet and for those that stand above.
 *
 * <p>The condition is a rule of its own that never fires: it is judged for an entity when something of that entity
 * changes, and for no other.
 */
final class Census {
    final Rule rule;
    private final Fleet fleet;
    private final Map<List<String>, Pool> pools = new HashMap<>();
    /** By the entity whose children are counted. */
    private final Map<String, Tally> children = new HashMap<>();
    private final Map<EntitySet, Set<Rule>> askers = new EnumMap<>(EntitySet.class);
    private @Nullable Truth[] truths = new @Nullable Truth[16];
    /** Of whom it is, or was known. */
    private final BitSet onceKnown = new BitSet();
    /** Of whom it was known before it became what it is. */
    private final BitSet lost = new BitSet();
    private final IntList found = new IntList();

    Census(Rule rule, Fleet fleet) {
        this.rule = rule;
        this.fleet = fleet;
    }

    /** The fleet divided by labels, of which the rule has to know then. */
    Pool pool(List<String> by) {
        return pools.computeIfAbsent(by, _ -> {
            rule.inputs.labels.addAll(by);
            rule.inputs.standsAlone |= !by.isEmpty();
            return new Pool(by, rule.subjects);
        });
    }

    /** Other rules are in force. */
    void forgetAskers() {
        askers.clear();
        pools.values().forEach(Pool::forgetAskers);
    }

    void asks(Rule asker, EntitySet set) {
        askers.computeIfAbsent(set, _ -> new LinkedHashSet<>()).add(asker);
    }

    /** What the condition is of an entity now. */
    void judged(int subject, Truth truth, Round round) {
        if (subject >= truths.length) {
            truths = Arrays.copyOf(truths, Math.max(subject + 1, truths.length * 2));
        }
        Truth before = truths[subject];
        boolean once = onceKnown.get(subject);
        truths[subject] = truth;
        for (Pool pool : pools.values()) {
            pool.put(subject, fleet.values(subject, pool.by), fleet.member(subject) ? truth : null, once);
        }
        if (before != truth) {
            related(subject, before, truth, once, round);
            lost.set(subject, once);
        }
        if (truth != Truth.UNKNOWN) {
            onceKnown.set(subject);
        }
    }

    private void related(int number, @Nullable Truth before, Truth truth, boolean once, Round round) {
        Topology topology = fleet.topology();
        String entity = rule.subjects.entityOf(number);
        for (String parent : topology.parents(entity)) {
            Tally tally = children.computeIfAbsent(parent, _ -> new Tally());
            if (before != null) {
                tally.remove(before, before == Truth.UNKNOWN && lost.get(number));
            }
            tally.add(truth, once);
            mark(EntitySet.CHILDREN, parent, round);
        }
        if (askers.containsKey(EntitySet.PARENT)) {
            topology.children(entity).forEach(child -> mark(EntitySet.PARENT, child, round));
        }
        if (askers.containsKey(EntitySet.ANCESTORS)) {
            topology.descendants(entity).forEach(below -> mark(EntitySet.ANCESTORS, below, round));
        }
    }

    private void mark(EntitySet set, String entity, Round round) {
        for (Rule asker : askers.getOrDefault(set, Set.of())) {
            asker.subjects.ofEntity(entity, found);
            for (int i = 0; i < found.size(); i++) {
                round.mark(asker, found.get(i));
            }
        }
    }

    /** What is counted of those that stand so to an entity. */
    Tally of(EntitySet set, String entity) {
        return switch (set) {
            case CHILDREN -> children.getOrDefault(entity, new Tally());
            case ANCESTORS -> tally(fleet.topology().ancestors(entity));
            case PARENT -> tally(fleet.topology().parents(entity));
            case NODES -> pool(List.of()).of(List.of());
            case HEALS -> throw new IllegalStateException("heals are no entities");
        };
    }

    private Tally tally(List<String> entities) {
        Tally tally = new Tally();
        for (String entity : entities) {
            int subject = rule.subjects.find(List.of(entity));
            tally.add(truth(subject), subject >= 0 && onceKnown.get(subject));
        }
        return tally;
    }

    private Truth truth(int subject) {
        Truth known = subject < 0 || subject >= truths.length ? null : truths[subject];
        return known == null ? Truth.UNKNOWN : known;
    }

    /** Some of those of whom it is true, for people. */
    List<String> examples(EntitySet set, String entity, int most) {
        List<String> all = switch (set) {
            case CHILDREN -> fleet.topology().children(entity);
            case ANCESTORS -> fleet.topology().ancestors(entity);
            case PARENT -> fleet.topology().parents(entity);
            case NODES, HEALS -> List.of();
        };
        return all.stream().filter(one -> truth(rule.subjects.find(List.of(one))) == Truth.TRUE).limit(most).toList();
    }

    /** Another topology is in force: all is counted anew. */
    void recount(Round round) {
        children.clear();
        pools.values().forEach(Pool::clear);
        Arrays.fill(truths, null);
        lost.clear();
        for (int subject = 0; subject < rule.subjects.size(); subject++) {
            round.mark(rule, subject);
        }
    }

    /** Has the rules judged that what changed may concern. */
    void tell(Sight sight, Round round) {
        pools.values().forEach(pool -> pool.tell(sight, round));
    }
}
