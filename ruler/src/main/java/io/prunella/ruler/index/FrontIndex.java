package io.prunella.ruler.index;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Truth;
import io.prunella.ruler.Because;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.ProbeQuestion;
import io.prunella.ruler.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees every record, and finds the few pairs of rule and subject that have to be judged.
 *
 * <p>An instant goes: {@link #begin}, its records in order, {@link #applied}, {@link #due}, {@link #judge}.
 */
public final class FrontIndex {
    private static final List<String> BY_ENTITY = List.of(Subjects.ENTITY);

    private final SeriesStore series = new SeriesStore();
    private final Map<List<String>, Subjects> groups = new HashMap<>();
    private final Round round = new Round();
    private final Sight sight;
    private final Judge judge;
    private final Consumer<String> notices;
    private final IntList found = new IntList();
    private final IntList suspects = new IntList();
    private final Subjects entities;
    private RuleBook book = RuleBook.EMPTY;
    private final Comparing comparing = new Comparing();
    private final Set<String> poisonous = new HashSet<>();
    private long arrivals;
    private long events;
    private int nextRule;

    /** @param notices what is to be told to people, each once */
    public FrontIndex(Breaches breaches, Consumer<String> notices) {
        this.entities = new Subjects(BY_ENTITY, series);
        groups.put(BY_ENTITY, entities);
        this.sight = new Sight(series, entities);
        this.judge = new Judge(round, sight, breaches);
        this.notices = notices;
    }

    /** The number of a series; it exists for the rules from its first record on. */
    public int series(String entity, String metric, Map<String, String> labels) {
        return series.of(withoutKind(entity), metric, labels);
    }

    /** The kind {@code node} may be left out, so here it always is. */
    static String withoutKind(String entity) {
        return entity.startsWith("node/") && entity.indexOf('/', 5) < 0 ? entity.substring(5) : entity;
    }

    public void begin(long now) {
        round.now = now;
    }

    public void sample(int number, double value) {
        double before = series.value[number];
        boolean had = series.ts[number] != SeriesStore.NEVER;
        series.value[number] = value;
        series.ts[number] = round.now;
        series.arrival[number] = ++arrivals;
        if (value >= series.low[number] && value < series.high[number]) {
            return;
        }
        leftItsBand(number, before, had);
    }

    private void leftItsBand(int number, double before, boolean had) {
        born(number);
        MetricWatch watch = book.metric(series.metric[number]);
        if ((series.state[number] & SeriesStore.DISPUTED) != 0) {
            markAskersOfLabels(number);
        }
        if (watch == null) {
            settle(number, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return;
        }
        double value = series.value[number];
        boolean valid = had && series.state[number] >>> SeriesStore.STAGE_SHIFT == 0;
        series.state[number] &= (1 << SeriesStore.STAGE_SHIFT) - 1;
        if (!valid || Double.isNaN(before) || Double.isNaN(value)) {
            mark(watch.all, number);
        } else {
            if (before != value) {
                mark(watch.every, number);
            }
            int from = watch.band(before);
            int to = watch.band(value);
            for (int band = Math.min(from, to); band < Math.max(from, to); band++) {
                mark(watch.at[band], number);
            }
        }
        if (watch.guarded && value > 2 && (series.state[number] & SeriesStore.POISONOUS) == 0) {
            suspects.add(number);
        }
        if (watch.every.length > 0 || Double.isNaN(value)) {
            settle(number, Double.NaN, Double.NaN);
        } else {
            int band = watch.band(value);
            settle(number, watch.lowOf(band), watch.highOf(band));
        }
        if ((series.state[number] & SeriesStore.TIMED) == 0) {
            series.state[number] |= SeriesStore.TIMED;
            round.stalenessAt(later(round.now, watch.staleAfter[0]), number);
        }
    }

    private static long later(long instant, long millis) {
        return instant > Long.MAX_VALUE - millis ? Long.MAX_VALUE : instant + millis;
    }

    private void settle(int number, double low, double high) {
        boolean disputed = (series.state[number] & SeriesStore.DISPUTED) != 0;
        series.low[number] = disputed ? Double.NaN : low;
        series.high[number] = disputed ? Double.NaN : high;
    }

    private void mark(Rule[] rules, int number) {
        for (Rule rule : rules) {
            rule.subjects.subjectsOf(number, found);
            for (int i = 0; i < found.size(); i++) {
                round.mark(rule, found.get(i));
            }
        }
    }

    /** Ends nothing in a condition; it is a record of the series all the same. */
    public void staleMarker(int number) {
        born(number);
        series.arrival[number] = ++arrivals;
        if ((series.state[number] & SeriesStore.DISPUTED) != 0) {
            markAskersOfLabels(number);
        }
    }

    private void born(int number) {
        if ((series.state[number] & SeriesStore.BORN) != 0) {
            return;
        }
        series.state[number] |= SeriesStore.BORN;
        for (Subjects subjects : groups.values()) {
            int before = subjects.size();
            subjects.born(number);
            welcome(subjects, before);
        }
        Map<String, String> labels = series.labelsOf(number);
        if (book.labels.stream().anyMatch(labels::containsKey)) {
            for (Subjects subjects : groups.values()) {
                subjects.subjectsOf(number, found);
                for (int i = 0; i < found.size(); i++) {
                    dispute(subjects, found.get(i), labels);
                }
            }
            markAskersOfLabels(number);
        }
    }

    /** New subjects: some rules may be true of them already. */
    private void welcome(Subjects subjects, int from) {
        for (int subject = from; subject < subjects.size(); subject++) {
            for (Rule rule : book.rules) {
                if (rule.subjects == subjects) {
                    for (Rule.Wide wide : rule.wideEvents) {
                        if (subjects.agrees(subject, subjects.parts(wide.seen().entity(), wide.seen().labels()))) {
                            replay(rule, subject, wide);
                        }
                    }
                    if (rule.inputs.standsAlone || subjects.sharesSeries(subject)) {
                        round.mark(rule, subject);
                    }
                }
            }
        }
    }

    /** Two records of a subject disagree on a label that is asked for: from now on each of their series counts. */
    private void dispute(Subjects subjects, int subject, Map<String, String> labels) {
        IntList all = subjects.seriesOf(subject);
        boolean disputed = false;
        for (int i = 0; i < all.size(); i++) {
            for (String label : book.labels) {
                String other = series.labelsOf(all.get(i)).get(label);
                String own = labels.get(label);
                disputed |= own != null && other != null && !other.equals(own);
            }
        }
        for (int i = 0; disputed && i < all.size(); i++) {
            series.state[all.get(i)] |= SeriesStore.DISPUTED;
            settle(all.get(i), Double.NaN, Double.NaN);
        }
    }

    private void markAskersOfLabels(int number) {
        for (Rule rule : book.standingAlone) {
            rule.subjects.subjectsOf(number, found);
            for (int i = 0; i < found.size(); i++) {
                round.mark(rule, found.get(i));
            }
        }
    }

    public void event(EventSeen seen) {
        EventSeen event = new EventSeen(seen.ts(), withoutKind(seen.entity()), seen.type(), seen.id(), seen.resolved(),
                seen.attributes(), seen.labels());
        arrivals++;
        long number = ++events;
        IntList concerned = new IntList();
        for (Subjects subjects : groups.values()) {
            int before = subjects.size();
            List<@Nullable String> parts = subjects.parts(event.entity(), event.labels());
            subjects.matching(parts, concerned);
            welcome(subjects, before);
            if (parts.contains(null)) {
                subjects.wideEventTouches(parts, event.labels(), arrivals);
            }
            for (int i = 0; i < concerned.size(); i++) {
                touch(subjects, concerned.get(i), event.labels());
            }
            for (Rule rule : book.onEvent(event.type())) {
                if (rule.subjects == subjects) {
                    concern(rule, event, number, concerned, parts.contains(null));
                }
            }
        }
    }

    private void touch(Subjects subjects, int subject, Map<String, String> labels) {
        subjects.eventTouches(subject, labels, arrivals);
        if (book.labels.stream().anyMatch(labels::containsKey)) {
            dispute(subjects, subject, labels);
            for (Rule rule : book.standingAlone) {
                if (rule.subjects == subjects) {
                    round.mark(rule, subject);
                }
            }
        }
    }

    private void concern(Rule rule, EventSeen event, long number, IntList subjects, boolean wide) {
        if (wide) {
            rule.wideEvents.removeIf(before -> !open(rule, before.seen()));
            rule.wideEvents.add(new Rule.Wide(event, number));
        }
        for (int i = 0; i < subjects.size(); i++) {
            if (event.resolved()) {
                resolve(rule, subjects.get(i), event);
            } else {
                open(rule, subjects.get(i), event, number);
            }
        }
    }

    /** What a subject missed that was not there yet, in the order in which it came. */
    private void replay(Rule rule, int subject, Rule.Wide wide) {
        if (wide.seen().resolved()) {
            resolve(rule, subject, wide.seen());
        } else {
            open(rule, subject, wide.seen(), wide.number());
        }
    }

    private boolean open(Rule rule, EventSeen seen) {
        return round.now < rule.closes(seen.ts());
    }

    private static boolean ends(EventSeen resolved, EventSeen open) {
        return resolved.type().equals(open.type()) && (resolved.id().isEmpty() || resolved.id().equals(open.id()));
    }

    private void resolve(Rule rule, int subject, EventSeen event) {
        Instance instance = rule.instances.get(subject);
        if (instance == null) {
            return;
        }
        for (OpenEvent open : List.copyOf(instance.events)) {
            if (ends(event, open.seen)) {
                instance.events.remove(open);
                judge.forget(open);
                round.mark(rule, subject);
            }
        }
    }

    private void open(Rule rule, int subject, EventSeen seen, long number) {
        Instance instance = rule.instances.get(subject);
        long until = rule.closes(seen.ts());
        if (until <= round.now || (instance != null && known(instance, seen))) {
            return;
        }
        long[] eventHolds = Sight.unheld(rule.inputs.eventHolds.size());
        OpenEvent event = new OpenEvent(seen, number, until, eventHolds);
        if (rule.where != null) {
            sight.at(rule.subjects, subject, round.now, new long[0]).event = event;
            if (rule.where.truth(sight) != Truth.TRUE) {
                return;
            }
        }
        if (instance == null) {
            instance = round.instance(rule, subject, Sight.unheld(rule.inputs.holds.size()));
        }
        instance.events.add(event);
        round.mark(rule, subject);
    }

    /** While an id is open, the same id again is the same event. */
    private boolean known(Instance instance, EventSeen seen) {
        return seen.id().isPresent()
                && instance.events.stream().anyMatch(other -> ends(seen, other.seen) && other.until > round.now);
    }

    /** All records of the instant are applied. */
    public void applied() {
        for (int i = 0; i < suspects.size(); i++) {
            int number = suspects.get(i);
            if (series.value[number] > 2) {
                poison(number);
            }
        }
        suspects.clear();
    }

    private void poison(int number) {
        series.state[number] |= SeriesStore.POISONOUS;
        int metric = series.metric[number];
        IntList concerned = new IntList();
        for (Subjects subjects : groups.values()) {
            subjects.subjectsOf(number, concerned);
            for (int i = 0; i < concerned.size(); i++) {
                subjects.poison(concerned.get(i), metric);
            }
        }
        MetricWatch watch = book.metric(metric);
        if (watch != null) {
            mark(watch.all, number);
        }
        String name = series.metrics.get(metric);
        if (poisonous.add(name)) {
            notices.accept("`" + name + "` of `" + series.entityOf(number) + "` sent " + Comparing.text(
                    new Scalar.Quantity(series.value[number])) + ", which is no ratio, and is unknown from here on: "
                    + "declare `metric " + name + ": ratio, source percent`");
        }
    }

    /** The next instant at which time alone may change something. */
    public long nextDue() {
        return round.timers.next();
    }

    /** Makes sure that there is an instant at {@code at}. */
    public void wakeAt(long at) {
        round.wakeAt(at);
    }

    /** Everything that has come due by now. */
    public void due() {
        while (round.timers.next() <= round.now) {
            long owner = round.timers.poll();
            switch (Round.kind(owner)) {
                case Round.STALENESS -> {
                    if (round.current(owner)) {
                        staleness(Round.owned(owner));
                    }
                }
                case Round.INSTANCE -> round.due(Round.owned(owner));
                default -> {
                    // Somebody outside wanted this instant, and has it.
                }
            }
        }
    }

    private void staleness(int number) {
        MetricWatch watch = book.metric(series.metric[number]);
        series.state[number] &= ~SeriesStore.TIMED;
        if (watch == null) {
            return;
        }
        long ts = series.ts[number];
        int passed = 0;
        while (passed < watch.staleAfter.length && round.now - ts >= watch.staleAfter[passed]) {
            passed++;
        }
        if (passed != series.state[number] >>> SeriesStore.STAGE_SHIFT) {
            int flags = series.state[number] & ((1 << SeriesStore.STAGE_SHIFT) - 1);
            series.state[number] = (byte) (flags | (passed << SeriesStore.STAGE_SHIFT));
            settle(number, Double.NaN, Double.NaN);
            mark(watch.all, number);
        }
        if (passed < watch.staleAfter.length) {
            series.state[number] |= SeriesStore.TIMED;
            round.stalenessAt(later(ts, watch.staleAfter[passed]), number);
        }
    }

    /** Judges all that this instant has touched, and tells the decision. */
    public void judge() {
        for (int i = 0; i < round.marked(); i++) {
            judge.judge(book.rules.get(round.ruleAt(i)), round.subjectAt(i));
        }
        round.judged();
    }

    /** A firing was decided, whichever way: it is not tried again. */
    public void decided(Instance instance, @Nullable OpenEvent event) {
        judge.decided(instance, event);
    }

    /** What a firing's condition said, term by term. */
    public List<Because> because(Instance instance, @Nullable OpenEvent event) {
        sight.at(instance.rule().subjects(), instance.subject(), round.now, instance.holds).event = event;
        return Explainer.because(instance.rule(), sight);
    }

    /** The newest valid value of each series that a rule's plan looks up, by the selector's text. */
    public Map<String, Double> lookups(Instance instance) {
        Rule rule = instance.rule();
        sight.at(rule.subjects(), instance.subject(), round.now, instance.holds);
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
        int subject = entities.find(List.of(withoutKind(entity)));
        return subject < 0 ? "" : entities.label(subject, label);
    }

    /** A condition of a rule, to be judged for a subject again and again. */
    public Optional<Watched> watched(ConditionRef ref, HealOrder order) {
        return book.rule(ref.rule(), order.plan().pack()).flatMap(rule -> rule.condition(ref.index())
                .map(bound -> new Watched(rule, bound, subject(rule.subjects(), order), order)));
    }

    /** What has to be asked to judge a condition. */
    public List<ProbeQuestion> probes(ConditionRef ref, HealOrder order) {
        return book.rule(ref.rule(), order.plan().pack()).map(rule -> rule.model().conditions())
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
        welcome(subjects, before);
        return subject;
    }

    /** Judges it now, over samples newer than {@code newerThan} only. */
    public Truth truth(Watched watched, long newerThan) {
        sight.at(watched.rule().subjects(), watched.subject(), round.now, watched.holds());
        sight.event = watched.event();
        sight.newerThan = newerThan;
        return watched.node().truth(sight);
    }

    // --- rules

    /** What became of the rules at a load; {@code gone} with the numbers that they had. */
    public record Loaded(List<Rule> rules, List<Rule> kept, List<Rule> fresh, List<Rule> gone) {}

    /**
     * Puts other rules in force.
     *
     * @param first whether all of them are armed; else new and changed ones are only where their condition is false
     */
    public Loaded load(List<PackModel> packs, boolean first) {
        Map<String, Rule> before = new LinkedHashMap<>();
        book.rules.forEach(rule -> before.put(rule.key(), rule));
        List<Rule> rules = new ArrayList<>();
        List<Rule> kept = new ArrayList<>();
        List<Rule> fresh = new ArrayList<>();
        for (PackModel pack : packs) {
            for (RuleModel model : pack.rules()) {
                Rule known = before.get(Rule.key(pack, model));
                if (known != null && known.same(pack, model)) {
                    known.renew(pack, model);
                    kept.add(known);
                    before.remove(known.key());
                    rules.add(known);
                } else {
                    Rule rule = bind(pack, model);
                    fresh.add(rule);
                    rules.add(rule);
                }
            }
        }
        round.judged();
        before.values().forEach(this::dismiss);
        book = new RuleBook(rules);
        round.newEpoch();
        for (int number = 0; number < series.size(); number++) {
            watchAnew(number);
        }
        for (Rule rule : fresh) {
            for (int subject = 0; !first && subject < rule.subjects.size(); subject++) {
                judge.armAnew(rule, subject);
            }
        }
        return new Loaded(List.copyOf(rules), kept, fresh, List.copyOf(before.values()));
    }

    private Rule bind(PackModel pack, RuleModel model) {
        List<String> by = switch (model.subject()) {
            case RuleModel.Subject.PerEntity _ -> BY_ENTITY;
            case RuleModel.Subject.PerLabels labels -> labels.labels();
        };
        Subjects subjects = groups.get(by);
        if (subjects == null) {
            subjects = new Subjects(by, series);
            groups.put(by, subjects);
            for (int number = 0; number < series.size(); number++) {
                if ((series.state[number] & SeriesStore.BORN) != 0) {
                    subjects.born(number);
                }
            }
        }
        int slots = subjects.slots();
        Rule rule = new Rule(nextRule++, pack, model, subjects, series, comparing);
        subjects.fill(slots);
        return rule;
    }

    private void dismiss(Rule rule) {
        for (Instance instance : List.copyOf(rule.instances.values())) {
            judge.dismiss(instance);
        }
        rule.instances.clear();
    }

    private void watchAnew(int number) {
        settle(number, Double.NaN, Double.NaN);
        series.state[number] &= SeriesStore.BORN | SeriesStore.POISONOUS;
        if (series.ts[number] != SeriesStore.NEVER) {
            staleness(number);
        }
        Map<String, String> labels = series.labelsOf(number);
        if ((series.state[number] & SeriesStore.BORN) != 0 && book.labels.stream().anyMatch(labels::containsKey)) {
            for (Subjects subjects : groups.values()) {
                subjects.subjectsOf(number, found);
                for (int i = 0; i < found.size(); i++) {
                    dispute(subjects, found.get(i), labels);
                }
            }
        }
    }
}
