package io.prunella.ruler.index;

import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Truth;
import io.prunella.ruler.Because;
import io.prunella.ruler.ProbeQuestion;
import io.prunella.ruler.explain.Branch;
import io.prunella.ruler.topology.Entities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may be asked of the index between records; no answer changes what fires. */
public final class Questions {
    private final World world;
    private final Sight sight;
    private final Births births;
    private final Map<String, Long> seen = new HashMap<>();
    private int counted;

    Questions(World world, Sight sight, Births births) {
        this.world = world;
        this.sight = sight;
        this.births = births;
    }

    /** What a firing's condition said, term by term. */
    public List<Because> because(Instance instance, @Nullable OpenEvent event) {
        sight.at(instance.rule().subjects(), instance.subject(), world.round.now, instance.holds).event = event;
        return Explainer.because(instance.rule(), sight);
    }

    /** The newest valid value of each series that a rule's plan looks up, by the selector's text. */
    public Map<String, Double> lookups(Instance instance) {
        Rule rule = instance.rule();
        if (rule.lookups().isEmpty()) {
            return Map.of();
        }
        sight.at(rule.subjects(), instance.subject(), world.round.now, instance.holds);
        Map<String, Double> values = new LinkedHashMap<>();
        for (Term.SeriesTerm term : rule.lookups()) {
            for (Term.Item item : term.values(sight).items()) {
                values.putIfAbsent(term.selector().text(), Comparing.number(item.value()));
            }
        }
        return values;
    }

    /** The newest value of a label of an entity; the empty string where no record carried it. */
    public String labelOf(String entity, String label) {
        int subject = world.entities.find(List.of(Entities.withoutKind(entity)));
        return subject < 0
                ? world.beyond.topology.labels(Entities.withoutKind(entity)).getOrDefault(label, "")
                : world.entities.label(subject, label);
    }

    /** All labels of an entity, each from its newest record that carries it. */
    public Map<String, String> labelsOf(String entity) {
        String name = Entities.withoutKind(entity);
        int subject = world.entities.find(List.of(name));
        return subject < 0 ? world.beyond.topology.labels(name) : world.entities.labels(subject);
    }

    /** Whether the condition of a guard is true for an entity now. */
    public Truth standing(Rule rule, String entity) {
        return standing(rule, entity, 0, 0);
    }

    /** Whether the condition of a suppression is, given the ranks of the severities of its two. */
    public Truth standing(Rule rule, String entity, int severityOfCause, int severityOfThis) {
        int subject = world.entities.find(List.of(Entities.withoutKind(entity)));
        if (subject < 0) {
            // No record has named it, so nothing is known of it but what no record tells.
            if (!rule.inputs.histories.isEmpty() || !rule.inputs.fleet.censuses().isEmpty()) {
                return Truth.UNKNOWN;
            }
            subject = Subjects.STRANGER;
        }
        Instance instance = rule.instances.get(subject);
        sight.at(rule.subjects, subject, world.round.now,
                instance == null ? Sight.unheld(rule.holds.length) : instance.holds);
        sight.severityOfCause = severityOfCause;
        sight.severityOfThis = severityOfThis;
        return rule.when.truth(sight);
    }

    /** How many entities of a kind records have named. */
    public long seen(String kind) {
        while (counted < world.entities.size()) {
            seen.merge(Entities.kind(world.entities.valuesOf(counted++).getFirst()), 1L, Long::sum);
        }
        return seen.getOrDefault(kind, 0L);
    }

    /** A condition of a rule, to be judged for a subject again and again. */
    public Optional<Watched> watched(ConditionRef ref, HealOrder order) {
        return world.book.rule(ref.rule(), order.plan().pack()).flatMap(rule -> rule.condition(ref.index())
                .map(bound -> new Watched(rule, ref.index(), bound, subject(rule.subjects(), order), order)));
    }

    /** What has to be asked to judge a condition. */
    public List<ProbeQuestion> probes(ConditionRef ref, HealOrder order) {
        return world.book.rule(ref.rule(), order.plan().pack()).map(rule -> rule.model().conditions())
                .filter(conditions -> ref.index() < conditions.size())
                .map(conditions -> Probes.of(conditions.get(ref.index()), order)).orElse(List.of());
    }

    private int subject(Subjects subjects, HealOrder order) {
        List<String> values = new ArrayList<>();
        for (String label : subjects.by()) {
            String entity = label.equals(Subjects.ENTITY) ? order.entity() : "";
            values.add(order.subject().getOrDefault(label, entity));
        }
        int before = subjects.size();
        int subject = subjects.of(values);
        births.welcome(subjects, before);
        return subject;
    }

    /** When it may be another if nothing happens; {@link Long#MAX_VALUE} for never. */
    public long nextDue(Watched watched, long newerThan) {
        look(watched, newerThan);
        Clocks clocks = watched.clocks();
        return Math.min(watched.nextDue(world.round.now), Math.min(clocks.next(sight), clocks.nextForAll(sight)));
    }

    /** Judges it now, over samples newer than {@code newerThan} only. */
    public Truth truth(Watched watched, long newerThan) {
        look(watched, newerThan);
        if (world.recorder != null) {
            LegNames.record(world.recorder, watched.rule(), watched.clause(), watched.node(), sight);
        }
        return watched.node().truth(sight);
    }

    /** The same with all that it is made of. */
    public Branch tree(Watched watched, long newerThan) {
        look(watched, newerThan);
        return Trees.of(watched.rule(), watched.node(), watched.clause(), sight);
    }

    private void look(Watched watched, long newerThan) {
        sight.at(watched.rule().subjects(), watched.subject(), world.round.now, watched.holds());
        sight.event = watched.event();
        sight.newerThan = newerThan;
    }
}
