package io.prunella.ruler.decision;

import io.prunella.plan.HealOrder;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.index.Lookups;
import io.prunella.ruler.index.OpenEvent;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events that plans feed back: of plans that only count as run, at the instants at which they would; never endlessly. */
final class Emissions {
    /** How often in a row an event that was emitted may lead to the next. */
    static final int DEEPEST = 5;

    private final Consumer<String> notices;
    private final PriorityQueue<Due> due = new PriorityQueue<>(
            Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private final Set<String> told = new HashSet<>();
    private long planned;
    private long refused;

    Emissions(Consumer<String> notices) {
        this.notices = notices;
    }

    private record Due(long at, long number, EventSeen event) {}

    /**
     * A plan counts as run.
     *
     * @param depth of what it emits: 1 where no emitted event led to its firing
     * @return the instants at which something is emitted
     */
    List<Long> plan(HealOrder order, @Nullable OpenEvent event, int depth, List<PlanLength.Emitted> emitted) {
        if (emitted.isEmpty() || !allowed(order, depth)) {
            return List.of();
        }
        Set<Long> instants = new LinkedHashSet<>();
        for (PlanLength.Emitted one : emitted) {
            long at = order.firedAt() + one.afterMillis();
            Map<String, Scalar> attributes = new LinkedHashMap<>();
            one.step().attributes().forEach((name, value) -> put(name, value, order, event, attributes));
            due.add(new Due(at, planned++, new EventSeen(at, order.entity(), one.step().eventType(), Optional.empty(),
                    false, attributes, order.labels(), depth)));
            instants.add(at);
        }
        return List.copyOf(instants);
    }

    /** Whether a plan may emit that much further down; who is refused is counted, and told of once for each rule. */
    boolean allowed(HealOrder order, int depth) {
        if (depth <= DEEPEST) {
            return true;
        }
        refused++;
        if (told.add(order.plan().pack() + "\n" + order.plan().rule())) {
            notices.accept("`" + order.plan().rule() + "` on `" + order.entity() + "` emits in a circle: what it emits "
                    + "would be the " + depth + "th event in a row that follows from an emitted one, at most " + DEEPEST
                    + " are fed back");
        }
        return false;
    }

    /** How many plans were not let emit. */
    long refused() {
        return refused;
    }

    /** The next event that is emitted by now, in the order planned. */
    Optional<EventSeen> next(long now) {
        Due first = due.peek();
        if (first == null || first.at() > now) {
            return Optional.empty();
        }
        due.remove();
        return Optional.of(first.event());
    }

    private static void put(String name, Value value, HealOrder order, @Nullable OpenEvent event,
            Map<String, Scalar> into) {
        switch (value) {
            case Value.Text text -> into.put(name,
                    new Scalar.Text(Lookups.text(text.template(), lookup -> Lookups.of(order, lookup))));
            case Value.Quantity quantity -> into.put(name, new Scalar.Quantity(quantity.value()));
            case Value.Duration duration -> into.put(name, new Scalar.Quantity(duration.millis() / 1000.0));
            case Value.Flag flag -> into.put(name, new Scalar.Flag(flag.value()));
            case Value.Reference reference ->
                lookedUp(reference.lookup(), order, event).ifPresent(found -> into.put(name, found));
            case Value.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    put(name + "." + i, items.items().get(i), order, event, into);
                }
            }
            case Value.Fields fields ->
                fields.fields().forEach((inner, of) -> put(name + "." + inner, of, order, event, into));
        }
    }

    /** What is not there is left out, as a missing attribute is unknown. */
    private static Optional<Scalar> lookedUp(Template.Part.Lookup lookup, HealOrder order, @Nullable OpenEvent event) {
        String path = String.join(".", lookup.path());
        return switch (lookup.root()) {
            case "event" -> {
                Scalar typed = event == null ? null : event.seen().attributes().get(path);
                yield typed != null
                        ? Optional.of(typed)
                        : Optional.ofNullable(order.event().get(path)).map(Scalar.Text::new);
            }
            case "value" -> Optional.ofNullable(order.values().get(path)).map(Scalar.Quantity::new);
            case "steps" -> Optional.empty();
            case String _ -> Optional.of(new Scalar.Text(Lookups.of(order, lookup)));
        };
    }
}
