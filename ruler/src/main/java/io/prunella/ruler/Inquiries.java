package io.prunella.ruler;

import io.prunella.dsl.diagnostic.Closest;
import io.prunella.plan.HealResult;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.decision.Decider;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.Explanation.Fired;
import io.prunella.ruler.explain.Obstacle;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.index.Inquiry;
import io.prunella.ruler.index.Instance;
import io.prunella.ruler.index.OpenEvent;
import io.prunella.ruler.index.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Questions that wait for their instant, and what is kept for them while some do. */
final class Inquiries {
    /** Of each type; when there are more, the older half is forgotten. */
    private static final int MOST_EVENTS = 100_000;

    private final Inquiry inquiry;
    private final Decider decider;
    private final PriorityQueue<Asked> waiting = new PriorityQueue<>(
            Comparator.comparingLong((Asked asked) -> asked.question().at()).thenComparingLong(Asked::place));
    private final Map<String, List<EventSeen>> events = new HashMap<>();
    private final Set<String> rules = new HashSet<>();
    /** The firings of the newest instant of each rule and subject asked for, and of the one before. */
    private final Map<String, Deque<Firing>> firings = new HashMap<>();
    private final Map<String, Explanation> snapshots = new HashMap<>();
    private long snapshotsOf = Long.MIN_VALUE;
    private long asked;

    private record Asked(Question question, long place, Consumer<Answer> receiver) {}

    Inquiries(Inquiry inquiry, Decider decider) {
        this.inquiry = inquiry;
        this.decider = decider;
        decider.tell(this::decides);
    }

    void add(Question question, Consumer<Answer> receiver) {
        rules.add(question.rule());
        waiting.add(new Asked(question, asked++, receiver));
    }

    /** Whether somebody wants to know which events come. */
    boolean listens() {
        return !waiting.isEmpty();
    }

    void saw(EventSeen event) {
        if (!waiting.isEmpty()) {
            List<EventSeen> ofType = events.computeIfAbsent(event.type(), _ -> new ArrayList<>());
            if (ofType.size() >= MOST_EVENTS) {
                ofType.subList(0, MOST_EVENTS / 2).clear();
            }
            ofType.add(event);
        }
    }

    /** What a rule saw when it fired is kept: what it does may change that within the same instant. */
    private void decides(Instance instance, @Nullable OpenEvent event, long now) {
        Rule rule = instance.rule();
        if (now != snapshotsOf) {
            snapshots.clear();
            snapshotsOf = now;
        }
        if (!waiting.isEmpty() && waiting.element().question().at() == now && rules.contains(rule.model().name())) {
            Explanation seen = inquiry.explain(rule, instance.subject(), event, now, new Inquiry.Trail(events));
            snapshots.putIfAbsent(key(seen.pack(), seen.rule(), seen.subject()), seen);
        }
    }

    void fired(Firing firing) {
        if (!waiting.isEmpty() && rules.contains(firing.rule())) {
            Deque<Firing> own = firings.computeIfAbsent(key(firing.pack(), firing.rule(), firing.subject()),
                    _ -> new ArrayDeque<>());
            if (!own.isEmpty() && own.getLast().ts() < firing.ts()) {
                // Of earlier instants only the last firing is of interest.
                Firing last = own.getLast();
                own.clear();
                own.add(last);
            }
            own.addLast(firing);
        }
    }

    private static String key(String pack, String rule, Map<String, String> subject) {
        return pack + "\n" + rule + "\n" + subject;
    }

    /** Answers all whose instant is decided: nothing more happens up to and including {@code through}. */
    void answer(long through) {
        while (!waiting.isEmpty() && waiting.element().question().at() <= through) {
            Asked next = waiting.remove();
            next.receiver().accept(answer(next.question(), next.question().at()));
        }
    }

    Answer answer(Question question, long now) {
        List<Rule> found = inquiry.rules(question.rule());
        if (found.isEmpty()) {
            Optional<Answer.NoRule.Kind> other = inquiry.kind(question.rule());
            if (other.isPresent()) {
                return new Answer.NoRule(question.rule(), other.get(), inquiry.ruleNames());
            }
            return new Answer.NoSuchRule(question.rule(), Closest.to(question.rule(), inquiry.ruleNames()),
                    inquiry.ruleNames());
        }
        List<Explanation> explanations = new ArrayList<>();
        for (Rule rule : found) {
            inquiry.subjects(rule, question).forEach(subject -> explanations.add(explain(rule, subject, now)));
        }
        if (!explanations.isEmpty()) {
            return new Answer.Explained(explanations);
        }
        Rule rule = found.getFirst();
        List<String> entities = inquiry.entities(rule);
        String asked = question.entity().orElse(question.subject().toString());
        return new Answer.NoSuchSubject(question.rule(), asked, inquiry.by(rule), Closest.to(asked, entities),
                entities.size());
    }

    private Explanation explain(Rule rule, int subject, long now) {
        Explanation after = inquiry.explain(rule, subject, now, new Inquiry.Trail(events));
        String key = key(after.pack(), after.rule(), after.subject());
        Explanation seen = now == snapshotsOf ? snapshots.getOrDefault(key, after) : after;
        Deque<Firing> own = firings.getOrDefault(key, new ArrayDeque<>());
        List<Fired> fired = own.stream().filter(firing -> firing.ts() == now).map(Inquiries::fact).toList();
        Set<String> traces = fired.stream().map(Fired::traceId).collect(Collectors.toSet());
        boolean through = fired.stream().anyMatch(firing -> firing.skipped().isEmpty());
        List<Obstacle> obstacles = decider.obstacles(rule, subject, inquiry.asked(rule, subject, now), now, traces)
                .stream().filter(obstacle -> !through || obstacle.result() != HealResult.SKIPPED_GUARD).toList();
        return new Explanation(after.at(), after.pack(), after.rule(), after.entity(), after.subject(),
                seen.trigger(), seen.when(), seen.unless(), seen.blocked(), seen.until(), after.arming(), fired,
                own.reversed().stream().filter(firing -> firing.ts() < now).findFirst().map(Inquiries::fact),
                obstacles, decider.spared(rule, subject, now));
    }

    private static Fired fact(Firing firing) {
        return new Fired(firing.ts(), firing.skipped(), firing.skippedBy(), firing.traceId(),
                firing.because().stream().filter(term -> term.term().equals("event")).findFirst()
                        .map(term -> text(term.value())));
    }

    private static String text(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text text -> text.value();
            case Scalar.Quantity quantity -> Printed.number(quantity.value());
            case Scalar.Flag flag -> Boolean.toString(flag.value());
        };
    }
}
