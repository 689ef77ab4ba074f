package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Breach;
import io.prunella.compiler.drools.Budget;
import io.prunella.compiler.drools.Candidate;
import io.prunella.compiler.drools.Cause;
import io.prunella.compiler.drools.DecisionModel;
import io.prunella.compiler.drools.Decisions;
import io.prunella.compiler.drools.Demand;
import io.prunella.compiler.drools.Demand.Need;
import io.prunella.compiler.drools.Downstream;
import io.prunella.compiler.drools.EventFact;
import io.prunella.compiler.drools.Fact;
import io.prunella.compiler.drools.Hold;
import io.prunella.compiler.drools.Proposal;
import io.prunella.compiler.drools.Suspect;
import io.prunella.compiler.drools.UserRule;
import io.prunella.ruler.index.Breaches;
import io.prunella.ruler.index.Instance;
import io.prunella.ruler.index.OpenEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ThreadSafeOption;
import org.kie.api.runtime.rule.FactHandle;

/**
 * The Drools session, and the only place that knows it.
 *
 * <p>It is built when the first breach comes: without one no rule can fire, and a recording in which nothing happens
 * never starts Drools. It is asked only what it may answer with yes: a demand whose key nothing in it has, and a firing
 * below which no cause stands, meet nothing in any join.
 */
public final class DecisionSession implements Breaches {
    /** So many rules are changed in less time than another base is built. */
    private static final int FEW = 32;

    private final Function<List<UserRule>, KieBase> builder;
    /** Facts from outside, each at its {@link Fact#place}. */
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, List<Hold>> holds = new HashMap<>();
    private final Map<String, Budget> budgets = new HashMap<>();
    /** How many causes there are of each entity. */
    private final Map<String, Integer> causes = new HashMap<>();
    /** Breaches that have met events since the rules that wait for them were told. */
    private final List<Candidate> met = new ArrayList<>();
    private List<Claimant> proposed = new ArrayList<>();
    private final List<Cause> ceased = new ArrayList<>();
    private List<UserRule> rules = List.of();
    private @Nullable KieSession session;
    /** Whether anything was told since rules fired. */
    private boolean told;

    private final Decisions decisions = new Decisions() {
        @Override
        public void meet(Breach breach, EventFact event) {
            met.add(new Candidate(breach, event));
        }

        @Override
        public void propose(Breach breach, @Nullable EventFact event) {
            proposed.add(new Claimant(breach, event));
        }
    };

    public DecisionSession() {
        this(DecisionModel::build);
    }

    /** For comparing: the same decision out of rules built another way. */
    DecisionSession(Function<List<UserRule>, KieBase> builder) {
        this.builder = builder;
    }

    /**
     * Puts other rules in force; facts stay. Where few are others, the base that is there is changed; else another one is
     * built.
     *
     * @return whether it is told all facts anew, so that what waited to be decided is proposed once more
     */
    boolean load(List<UserRule> userRules) {
        List<UserRule> gone = without(rules, userRules);
        List<UserRule> fresh = without(userRules, rules);
        rules = List.copyOf(userRules);
        KieSession running = session;
        if (running == null) {
            return false;
        }
        if (gone.size() + fresh.size() <= FEW && gone.size() + fresh.size() <= rules.size() / 4) {
            DecisionModel.change(running.getKieBase(), gone, fresh);
            return false;
        }
        session = null;
        running.dispose();
        if (!facts.isEmpty()) {
            started();
        }
        return true;
    }

    private static List<UserRule> without(List<UserRule> all, List<UserRule> others) {
        BitSet numbers = new BitSet();
        others.forEach(rule -> numbers.set(rule.number()));
        return all.stream().filter(rule -> !numbers.get(rule.number())).toList();
    }

    private KieSession started() {
        KieSession running = session;
        if (running == null) {
            KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
            // No other thread is there.
            configuration.setOption(ThreadSafeOption.NO);
            running = builder.apply(rules).newKieSession(configuration, null);
            running.setGlobal(DecisionModel.GLOBAL, decisions);
            for (Fact fact : facts) {
                fact.handle(running.insert(fact));
            }
            told = true;
            session = running;
        }
        return running;
    }

    /** Tells Drools, and starts it for that. */
    private <T extends Fact> T insert(T fact) {
        fact.handle(started().insert(fact));
        keep(fact);
        told = true;
        return fact;
    }

    private void keep(Fact fact) {
        fact.stands(facts.size());
        facts.add(fact);
    }

    @Override
    public Object breach(Instance instance, @Nullable OpenEvent event) {
        boolean byEvent = instance.rule().byEvent();
        return insert(new Breach(instance.rule().number(), instance.subject(), byEvent,
                event == null ? Breach.WHATEVER_EVENT : event.number(), instance));
    }

    @Override
    public Object event(Instance instance, OpenEvent event) {
        EventFact fact = new EventFact(instance.rule().number(), instance.subject(), event.number(), event);
        if (session == null) {
            // Without a breach it joins nothing: no reason yet to start Drools.
            keep(fact);
            return fact;
        }
        return insert(fact);
    }

    @Override
    public void withdraw(Object fact) {
        withdraw((Fact) fact);
    }

    private void withdraw(Fact fact) {
        if (!fact.stands()) {
            return;
        }
        KieSession running = session;
        FactHandle handle = fact.handle();
        if (running != null && handle != null) {
            running.delete(handle);
        }
        Fact last = facts.removeLast();
        if (last != fact) {
            facts.set(fact.place(), last);
            last.stands(fact.place());
        }
        fact.gone();
    }

    /** What may fire now, in no particular order. */
    List<Claimant> candidates() {
        KieSession running = session;
        if (running == null || !told) {
            return List.of();
        }
        running.fireAllRules();
        if (!met.isEmpty()) {
            met.forEach(this::insert);
            running.fireAllRules();
            met.forEach(this::withdraw);
            met.clear();
        }
        told = false;
        List<Claimant> candidates = proposed;
        proposed = new ArrayList<>();
        return candidates;
    }

    /**
     * Whose turn it is: empty when nothing stands in its way.
     *
     * @param denied what guards deny of it now
     */
    Optional<Demand> decide(List<Need> needs, List<Need> denied, long now) {
        if (denied.isEmpty() && needs.stream().noneMatch(this::known)) {
            return Optional.empty();
        }
        Proposal proposal = new Proposal();
        List<Fact> asked = new ArrayList<>();
        for (Need denial : denied) {
            asked.add(insert(new Hold(denial.kind(), denial.key(), Long.MAX_VALUE, "")));
            asked.add(insert(new Demand(proposal, denial, asked.size(), now)));
        }
        for (Need need : needs) {
            asked.add(insert(new Demand(proposal, need, asked.size(), now)));
        }
        started().fireAllRules();
        asked.forEach(this::withdraw);
        return proposal.refused();
    }

    /** Whether anything has the key that a need has to be refused by. */
    private boolean known(Need need) {
        return need.room() == Demand.UNCOUNTED ? holds.containsKey(need.key()) : budgets.containsKey(need.key());
    }

    /**
     * The cause that explains most of what fires below some entities.
     *
     * @param above all of them
     * @param explains whether a cause among them does
     */
    Optional<Cause> cause(List<String> above, Predicate<Cause> explains) {
        if (above.stream().noneMatch(causes::containsKey)) {
            return Optional.empty();
        }
        Suspect suspect = new Suspect(explains);
        List<Fact> asked = new ArrayList<>();
        above.forEach(entity -> asked.add(insert(new Downstream(suspect, entity))));
        started().fireAllRules();
        asked.forEach(this::withdraw);
        return suspect.cause();
    }

    void explain(Cause cause) {
        insert(cause);
        causes.merge(cause.getEntity(), 1, Integer::sum);
    }

    void forget(Cause cause) {
        withdraw(cause);
        causes.computeIfPresent(cause.getEntity(), (_, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void ceased(Object cause, long now) {
        Cause fact = (Cause) cause;
        fact.ends(now);
        ceased.add(fact);
    }

    /** Causes that no longer hold, each handed over once; they explain for a while yet. */
    List<Cause> ceased() {
        List<Cause> all = List.copyOf(ceased);
        ceased.clear();
        return all;
    }

    /** How many facts Drools knows of. */
    public long size() {
        KieSession running = session;
        return running == null ? 0 : running.getFactCount();
    }

    /** Whether Drools was started. */
    public boolean running() {
        return session != null;
    }

    /** Something is taken. */
    void hold(Hold hold) {
        insert(hold);
        holds.computeIfAbsent(hold.getKey(), _ -> new ArrayList<>(1)).add(hold);
    }

    /** It is free again. */
    void free(Hold hold) {
        withdraw(hold);
        holds.computeIfPresent(hold.getKey(), (_, all) -> all.remove(hold) && all.isEmpty() ? null : all);
    }

    /** What stands in the way of a need now. */
    List<Hold> holds(Need need, long now) {
        return holds.getOrDefault(need.key(), List.of()).stream()
                .filter(hold -> hold.getKind() == need.kind() && hold.lasts(now)).toList();
    }

    /** What was used of a count, of which this may be the first use. */
    Budget budget(String key) {
        return budgets.computeIfAbsent(key, first -> insert(new Budget(first)));
    }

    /** The same, where anything was. */
    @Nullable
    Budget used(String key) {
        return budgets.get(key);
    }

    /** Nothing of it counts any more. */
    void free(Budget budget) {
        if (budgets.remove(budget.getKey(), budget)) {
            withdraw(budget);
        }
    }
}
