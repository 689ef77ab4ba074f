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
import io.prunella.compiler.drools.Hold;
import io.prunella.compiler.drools.Proposal;
import io.prunella.compiler.drools.Suspect;
import io.prunella.compiler.drools.UserRule;
import io.prunella.ruler.index.Breaches;
import io.prunella.ruler.index.Instance;
import io.prunella.ruler.index.OpenEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * The Drools session, and the only place that knows it.
 *
 * <p>It is built when the first breach comes: without one no rule can fire, and a recording in which nothing happens
 * never starts Drools.
 */
public final class DecisionSession implements Breaches {
    private final Function<List<UserRule>, KieBase> builder;
    /** Facts from outside, in the order inserted; those that rules made follow from them. */
    private final Set<Object> facts = new LinkedHashSet<>();
    private final List<Candidate> proposed = new ArrayList<>();
    private final List<Cause> ceased = new ArrayList<>();
    private List<UserRule> rules = List.of();
    private @Nullable KieSession session;

    private final Decisions decisions = new Decisions() {
        @Override
        public void propose(Candidate candidate) {
            proposed.add(candidate);
        }

        @Override
        public void conclude(Proposal proposal) {
            // Whoever inserted it reads what it was refused with.
        }
    };

    public DecisionSession() {
        this(DecisionModel::build);
    }

    /** For comparing: the same decision out of rules built another way. */
    DecisionSession(Function<List<UserRule>, KieBase> builder) {
        this.builder = builder;
    }

    /** Puts other rules in force; facts stay. */
    public void load(List<UserRule> userRules) {
        rules = List.copyOf(userRules);
        KieSession old = session;
        if (old != null) {
            session = null;
            old.dispose();
            if (!facts.isEmpty()) {
                started();
            }
        }
    }

    private KieSession started() {
        KieSession running = session;
        if (running == null) {
            running = builder.apply(rules).newKieSession();
            running.setGlobal(DecisionModel.GLOBAL, decisions);
            facts.forEach(running::insert);
            session = running;
        }
        return running;
    }

    Object insert(Object fact) {
        started().insert(fact);
        facts.add(fact);
        return fact;
    }

    @Override
    public Object breach(Instance instance, @Nullable OpenEvent event) {
        boolean byEvent = instance.rule().byEvent();
        return insert(new Breach(instance.rule().number(), instance.subject(), byEvent,
                event == null ? Breach.WHATEVER_EVENT : event.number(), instance));
    }

    @Override
    public Object event(Instance instance, OpenEvent event) {
        Object fact = new EventFact(instance.rule().number(), instance.subject(), event.number(), event);
        facts.add(fact);
        KieSession running = session;
        if (running != null) {
            running.insert(fact);
        }
        return fact;
    }

    @Override
    public void withdraw(Object fact) {
        facts.remove(fact);
        KieSession running = session;
        if (running != null) {
            FactHandle handle = running.getFactHandle(fact);
            if (handle != null) {
                running.delete(handle);
            }
        }
    }

    /** What may fire now, in no particular order. */
    List<Candidate> candidates() {
        KieSession running = session;
        if (running == null) {
            return List.of();
        }
        running.fireAllRules();
        List<Candidate> candidates = List.copyOf(proposed);
        proposed.clear();
        return candidates;
    }

    /**
     * Whose turn it is: empty when nothing stands in its way.
     *
     * @param denied what guards deny of it now
     */
    Optional<Demand> decide(Candidate candidate, List<Need> needs, List<Need> denied, long now) {
        if (needs.isEmpty() && denied.isEmpty()) {
            // What asks for nothing can be refused nothing.
            return Optional.empty();
        }
        Proposal proposal = new Proposal(candidate);
        List<Object> asked = new ArrayList<>();
        for (Need denial : denied) {
            asked.add(insert(new Hold(denial.kind(), denial.key(), Long.MAX_VALUE, "")));
            asked.add(insert(new Demand(proposal, denial, asked.size(), now)));
        }
        for (Need need : needs) {
            asked.add(insert(new Demand(proposal, need, asked.size(), now)));
        }
        asked.add(insert(proposal));
        started().fireAllRules();
        asked.forEach(this::withdraw);
        return proposal.refused();
    }

    /**
     * The cause that explains most of what fires below some entities.
     *
     * @param above all of them
     * @param explains whether a cause among them does
     */
    Optional<Cause> cause(List<String> above, Predicate<Cause> explains) {
        Suspect suspect = new Suspect(explains);
        List<Object> asked = new ArrayList<>();
        above.forEach(entity -> asked.add(insert(new Downstream(suspect, entity))));
        started().fireAllRules();
        asked.forEach(this::withdraw);
        return suspect.cause();
    }

    /** Whether a candidate is still one: neither its breach nor its event is gone. */
    boolean stands(Candidate candidate) {
        KieSession running = session;
        return running != null && running.getFactHandle(candidate) != null;
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

    /** How many facts there are, those made by rules included. */
    public long size() {
        KieSession running = session;
        return running == null ? 0 : running.getFactCount();
    }

    /** Whether Drools was started. */
    public boolean running() {
        return session != null;
    }

    /** What stands in the way of a need now. */
    List<Hold> holds(Need need, long now) {
        List<Hold> holds = new ArrayList<>();
        for (Object fact : facts) {
            if (fact instanceof Hold hold && hold.getKind() == need.kind() && hold.getKey().equals(need.key())
                    && hold.lasts(now)) {
                holds.add(hold);
            }
        }
        return holds;
    }

    void use(Budget budget) {
        if (!facts.contains(budget)) {
            insert(budget);
        }
    }
}
