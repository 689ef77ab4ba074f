package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.plan.Truth;
import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rule in force, bound to the index, with what is remembered of its subjects. */
public final class Rule {
    private final int number;
    private PackModel pack;
    private RuleModel model;
    /** For whom it asks, if it is no rule that fires. */
    @Nullable
    Census census;
    /** Its place in the book, by which a round refers to it. */
    int place;
    final Subjects subjects;
    final Node when;
    final @Nullable Node unless;
    final @Nullable Node where;
    final Lowering inputs;
    /** All that was lowered for it. */
    private final List<Lowering> lowered = new ArrayList<>();
    private final List<Bound> conditions = new ArrayList<>();
    private final List<Term.SeriesTerm> lookups = new ArrayList<>();
    /** Series that the executor's conditions and templates ask for. */
    final List<Term.SeriesTerm> watched;
    final Map<Integer, Instance> instances = new HashMap<>();
    /** What each node of its conditions was made from. */
    final IdentityHashMap<Node, Condition> origins = new IdentityHashMap<>();
    /** Events that lack a label of {@code by}: they count for subjects still to come, too. */
    final List<Wide> wideEvents = new ArrayList<>();

    /** A condition for the executor, with its holds. */
    record Bound(Node node, List<Long> holds, List<Long> eventHolds, Clocks clocks) {}

    record Wide(EventSeen seen, long number) {}

    Rule(int number, PackModel pack, RuleModel model, Subjects subjects, Subjects entities, Comparing comparing) {
        this.number = number;
        this.pack = pack;
        this.model = model;
        this.subjects = subjects;
        this.inputs = new Lowering(pack, entities, subjects, comparing);
        Lowering filter = new Lowering(pack, entities, subjects, comparing);
        Condition asked = model.when();
        Node matching = null;
        if (model.trigger() instanceof Trigger.OnEvent on) {
            matching = filter.lower(on.where());
            if (!filter.seriesTerms.isEmpty() || !filter.labels.isEmpty() || !filter.clocks.isEmpty()
                    || filter.fleet.asks()) {
                asked = new Condition.All(List.of(on.where(), asked));
                matching = null;
            }
        }
        this.where = matching;
        this.when = inputs.lower(asked);
        this.unless = model.unless().map(inputs::lower).orElse(null);
        Lowering others = new Lowering(pack, entities, subjects, comparing);
        for (Condition condition : model.conditions()) {
            Lowering own = new Lowering(pack, entities, subjects, comparing);
            conditions.add(new Bound(own.lower(condition), own.holds, own.eventHolds, own.clocks));
            lowered.add(own);
            others.seriesTerms.addAll(own.seriesTerms);
            origins.putAll(own.origins);
        }
        for (SeriesSelector selector : model.lookups()) {
            lookups.add(others.series(selector));
        }
        lowered.add(inputs);
        lowered.add(filter);
        this.watched = List.copyOf(others.seriesTerms);
        origins.putAll(filter.origins);
        origins.putAll(inputs.origins);
    }

    /** Whether a newer pack's rule means the same, metrics included. */
    boolean same(PackModel newer, RuleModel other) {
        return model.contentHash().equals(other.contentHash()) && sameMetrics(newer);
    }

    /** The first instant at which an event of {@code ts} is no longer open. */
    long closes(long ts) {
        long open = onEvent().map(Trigger.OnEvent::openMillis).orElse(0L);
        return ts > Long.MAX_VALUE - open ? Long.MAX_VALUE : ts + open;
    }

    boolean unconditional() {
        return model.when() instanceof Condition.All all && all.of().isEmpty();
    }

    /** The same rule out of a newer pack. */
    void renew(PackModel newer, RuleModel same) {
        pack = newer;
        model = same;
    }

    /** Whether every metric that it asks for means the same in {@code newer}. */
    private boolean sameMetrics(PackModel newer) {
        return Stream.concat(inputs.seriesTerms.stream(), watched.stream()).map(term -> term.selector().metric())
                .allMatch(metric -> Objects.equals(pack.metrics().get(metric), newer.metrics().get(metric)));
    }

    /** Its number in the decision session; kept as long as the rule is not changed. */
    public int number() {
        return number;
    }

    public PackModel pack() {
        return pack;
    }

    public RuleModel model() {
        return model;
    }

    public Subjects subjects() {
        return subjects;
    }

    /** What tells it from all others in force. */
    static String key(PackModel pack, RuleModel model) {
        return pack.name() + "\n" + model.name();
    }

    /** Whether it is another version of that rule. */
    public boolean replaces(Rule old) {
        return key().equals(old.key());
    }

    String key() {
        return key(pack, model);
    }

    /** Whether it never fires, and is only asked whether it is true. */
    public boolean silent() {
        return StandingRules.silent(model);
    }

    /** Whether it takes an event for it to fire. */
    public boolean byEvent() {
        return onEvent().isPresent();
    }

    Optional<Trigger.OnEvent> onEvent() {
        return model.trigger() instanceof Trigger.OnEvent on ? Optional.of(on) : Optional.empty();
    }

    List<Lowering> lowered() {
        return lowered;
    }

    List<Term.SeriesTerm> lookups() {
        return lookups;
    }

    Optional<Bound> condition(int index) {
        return index < conditions.size() ? Optional.of(conditions.get(index)) : Optional.empty();
    }

    /** Whether {@code unless} stands in the way; judged also when nothing else holds, for the sake of its holds. */
    boolean blocked(Sight sight) {
        if (unless == null) {
            return false;
        }
        Truth truth = unless.truth(sight);
        return truth == Truth.TRUE || (truth == Truth.UNKNOWN && unless.lost(sight));
    }
}
