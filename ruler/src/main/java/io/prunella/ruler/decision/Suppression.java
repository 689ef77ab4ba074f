package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Cause;
import io.prunella.compiler.rule.SeverityRank;
import io.prunella.compiler.rule.SuppressModel;
import io.prunella.plan.DurationText;
import io.prunella.plan.Truth;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.index.FrontIndex;
import io.prunella.ruler.index.Rule;
import io.prunella.ruler.index.StandingRules;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/** Finds what explains a firing: something above its entity that fires itself. */
final class Suppression {
    private final FrontIndex index;
    private final DecisionSession session;
    private final Briefs briefs;
    private List<InForce> inForce = List.of();
    private long settleMillis;
    private long longestWindow;
    private final Map<Claimant.Key, Waiting> waiting = new HashMap<>();
    /** The same by their time; those that are not in the map any more wait no longer. */
    private final PriorityQueue<Waiting> dues = new PriorityQueue<>(Comparator.comparingLong(Waiting::due));
    private final PriorityQueue<Cause> ended = new PriorityQueue<>(Comparator.comparingLong(Cause::getEnd));
    private long causes;
    /** Whether the session was built anew since anything was proposed. */
    private boolean reloaded;

    /** A suppression of a pack, with its condition bound to the index. */
    private record InForce(SuppressModel model, Rule condition) {
        long window(Map<String, String> labels) {
            for (SuppressModel.WindowOverride other : model.overrides()) {
                if (other.value().equals(labels.getOrDefault(other.label(), ""))) {
                    return other.windowMillis();
                }
            }
            return model.windowMillis();
        }
    }

    /** A firing that waits for its cause to show. */
    private record Waiting(Claimant claimant, long due) {}

    Suppression(FrontIndex index, DecisionSession session, Briefs briefs) {
        this.index = index;
        this.briefs = briefs;
        this.session = session;
    }

    void load(List<Rule> standing, boolean sessionAnew) {
        List<InForce> all = new ArrayList<>();
        for (Rule rule : standing) {
            rule.pack().suppressions().stream()
                    .filter(model -> StandingRules.name(model).equals(rule.model().name()))
                    .forEach(model -> all.add(new InForce(model, rule)));
        }
        inForce = List.copyOf(all);
        reloaded |= sessionAnew;
        settleMillis = 0;
        longestWindow = 0;
        for (InForce one : inForce) {
            settleMillis = Math.max(settleMillis, one.model().settleMillis());
            longestWindow = Math.max(longestWindow, one.model().windowMillis());
            for (SuppressModel.WindowOverride other : one.model().overrides()) {
                longestWindow = Math.max(longestWindow, other.windowMillis());
            }
        }
    }

    /** Whether somebody has waited for its cause long enough. */
    boolean anyDue(long now) {
        return !dues.isEmpty() && dues.element().due() <= now;
    }

    /** Those whose turn it is: what stands below anything waits for its cause to show, if it is to. */
    List<Claimant> settled(List<Claimant> proposed, long now) {
        if (settleMillis == 0 && waiting.isEmpty()) {
            return proposed;
        }
        List<Claimant> turn = new ArrayList<>();
        Topology topology = index.topology();
        for (Claimant claimant : proposed) {
            if (settleMillis == 0 || topology.ancestors(claimant.entity()).isEmpty()) {
                turn.add(claimant);
            } else {
                await(claimant, now);
            }
        }
        reloaded = false;
        while (!dues.isEmpty() && dues.element().due() <= now) {
            Waiting one = dues.remove();
            if (waiting.remove(one.claimant().key(), one) && one.claimant().stands()) {
                turn.add(one.claimant());
            }
        }
        return turn;
    }

    private void await(Claimant claimant, long now) {
        Waiting before = waiting.get(claimant.key());
        // After a reload the session proposes anew what waits already: it waits no longer for that.
        Waiting one = new Waiting(claimant, reloaded && before != null ? before.due() : now + settleMillis);
        waiting.put(claimant.key(), one);
        dues.add(one);
        index.wakeAt(one.due());
    }

    /**
     * What suppresses each of those that are decided in one round; causes of the round count, whatever the order.
     */
    Map<Claimant, Cause> judge(List<Claimant> round, long now) {
        session.ceased().forEach(ended::add);
        while (!ended.isEmpty() && ended.element().getEnd() + longestWindow <= now) {
            session.forget(ended.remove());
        }
        if (inForce.isEmpty()) {
            return Map.of();
        }
        Map<Claimant, Cause> suppressed = new HashMap<>();
        Topology topology = index.topology();
        // Whoever stands above another has fewer above itself, so each is judged after all that may be its cause.
        List<Claimant> fromTheRoot = new ArrayList<>(round);
        fromTheRoot.sort(Comparator.comparingInt(claimant -> topology.ancestors(claimant.entity()).size()));
        for (Claimant claimant : fromTheRoot) {
            Optional<Cause> cause = topology.ancestors(claimant.entity()).isEmpty()
                    ? Optional.empty()
                    : cause(claimant.entity(), Orders.labels(claimant.rule(), claimant.instance().subject()),
                            claimant.model().severity(), now);
            if (cause.isPresent()) {
                suppressed.put(claimant, cause.get());
            } else {
                Cause itself = new Cause(claimant.entity(), briefs.of(claimant.rule()).severity(),
                        topology.depth(claimant.entity()), causes++,
                        briefs.traceId(claimant.rule(), claimant.instance().subject(), now,
                                claimant.event()));
                if (index.cause(claimant.instance(), claimant.event(), itself)) {
                    session.explain(itself);
                }
            }
        }
        return suppressed;
    }

    /** The cause that suppresses what fires for an entity now. */
    Optional<Cause> cause(String entity, Map<String, String> labels, String severity, long now) {
        List<String> above = index.topology().ancestors(entity);
        if (above.isEmpty() || inForce.isEmpty()) {
            return Optional.empty();
        }
        int rank = SeverityRank.of(severity);
        return session.cause(above, cause -> inForce.stream().anyMatch(one -> cause.getEnd() > over(one, labels, now)
                && truth(one, entity, cause, rank) == Truth.TRUE));
    }

    /** What ended at that instant or earlier suppresses no longer. */
    private static long over(InForce one, Map<String, String> labels, long now) {
        return now - one.window(labels);
    }

    private Truth truth(InForce one, String entity, Cause cause, int rank) {
        return index.questions().standing(one.condition(), entity, cause.getSeverity(), rank);
    }

    /** The causes above an entity that explain nothing of what fires for it now, and why. */
    List<Explanation.Spared> spared(String entity, Map<String, String> labels, String severity, long now) {
        List<String> above = index.topology().ancestors(entity);
        if (above.isEmpty() || inForce.isEmpty()) {
            return List.of();
        }
        Set<Cause> causes = new LinkedHashSet<>();
        session.cause(above, cause -> {
            causes.add(cause);
            return false;
        });
        int rank = SeverityRank.of(severity);
        List<Explanation.Spared> spared = new ArrayList<>();
        for (Cause cause : causes) {
            List<Explanation.Spared> why = new ArrayList<>();
            for (InForce one : inForce) {
                if (cause.getEnd() <= over(one, labels, now)) {
                    why.add(new Explanation.Spared(cause.getEntity(), cause.getTraceId(), "the window of `suppress "
                            + one.model().name() + "`, " + DurationText.of(one.window(labels)) + ", is over",
                            OptionalLong.of(cause.getEnd() + one.window(labels))));
                    continue;
                }
                Truth truth = truth(one, entity, cause, rank);
                if (truth != Truth.TRUE) {
                    why.add(new Explanation.Spared(cause.getEntity(), cause.getTraceId(), "`when` of `suppress "
                            + one.model().name() + "` is " + truth.name().toLowerCase(Locale.ROOT) + ": the cause is "
                            + SeverityRank.name(cause.getSeverity()) + ", this " + severity, OptionalLong.empty()));
                }
            }
            if (why.size() == inForce.size()) {
                spared.addAll(why);
            }
        }
        return spared;
    }
}
