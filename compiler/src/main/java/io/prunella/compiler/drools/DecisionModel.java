package io.prunella.compiler.drools;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.globalOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.betaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import java.util.List;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.model.Global;
import org.drools.model.Index.ConstraintType;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.drools.modelcompiler.KiePackagesBuilder;
import org.kie.api.KieBase;
import org.kie.api.KieServices;

/**
 * The rules of the decision as a canonical model: nothing of a user's text becomes code, and nothing is compiled.
 *
 * <p>A rule that takes no event matches its breaches by its number, which is hashed. What takes one shares the join of all:
 * it matches breaches with events into candidates, which each rule finds by its number. So a breach and an event
 * cost the same with ten rules and with a thousand. No rule waits for another: each only tells what it has found, so
 * nothing depends on the order in which they fire.
 */
public final class DecisionModel {
    /** The package that the rules are in, and the name of the global by which they speak. */
    public static final String PACKAGE = "io.prunella.decision";
    public static final String GLOBAL = "decisions";

    static final String NAME_AND_EVENT = "a breach and an event";
    static final String NAME_TAKEN = "what is taken is refused";
    static final String NAME_SPENT = "what is used up is refused";
    static final String NAME_EXPLAINED = "what lies below a cause is suppressed";

    private final Global<Decisions> decisions = globalOf(Decisions.class, PACKAGE, GLOBAL);

    private DecisionModel() {}

    /** Builds the rules for these packs' rules. */
    public static KieBase build(List<UserRule> rules) {
        DecisionModel model = new DecisionModel();
        ModelImpl all = new ModelImpl();
        all.addGlobal(model.decisions);
        all.addRule(model.breachAndEvent());
        all.addRule(model.held());
        all.addRule(model.spent());
        all.addRule(model.explained());
        rules.forEach(rule -> all.addRule(model.proposes(rule)));
        return KieBaseBuilder.createKieBaseFromModel(all, KieServices.get().newKieBaseConfiguration());
    }

    /** Takes rules out of a base and adds others, while its sessions keep everything that they know. */
    public static void change(KieBase base, List<UserRule> gone, List<UserRule> fresh) {
        gone.forEach(rule -> base.removeRule(PACKAGE, rule.name()));
        if (fresh.isEmpty()) {
            return;
        }
        DecisionModel model = new DecisionModel();
        ModelImpl added = new ModelImpl();
        added.addGlobal(model.decisions);
        fresh.forEach(rule -> added.addRule(model.proposes(rule)));
        InternalKnowledgeBase own = (InternalKnowledgeBase) base;
        KiePackagesBuilder packages = new KiePackagesBuilder(own.getConfiguration());
        packages.addModel(added);
        own.addPackages(packages.build().getKiePackages());
    }

    private Rule breachAndEvent() {
        Variable<Breach> breach = declarationOf(Breach.class, "$breach");
        Variable<EventFact> event = declarationOf(EventFact.class, "$event");
        return rule(PACKAGE, NAME_AND_EVENT).build(
                pattern(breach).expr(Terms.WITH_EVENT, Breach::isByEvent),
                pattern(event)
                        .expr(Terms.SAME_PAIR, breach, (e, b) -> e.getPair() == b.getPair(),
                                betaIndexedBy(Long.class, ConstraintType.EQUAL, 0, EventFact::getPair, Breach::getPair))
                        .expr(Terms.OF_THE_EVENT, breach, EventFact::fits),
                on(decisions, breach, event).execute(Decisions::meet));
    }

    /** A cooldown, a plan in flight, a guard that denies. */
    private Rule held() {
        Variable<Demand> demand = declarationOf(Demand.class, "$demand");
        Variable<Hold> hold = declarationOf(Hold.class, "$hold");
        return rule(PACKAGE, NAME_TAKEN).build(pattern(demand),
                pattern(hold)
                        .expr(Terms.SAME_KEY, demand, (h, d) -> h.getKey().equals(d.getKey()),
                                betaIndexedBy(String.class, ConstraintType.EQUAL, 1, Hold::getKey, Demand::getKey))
                        .expr(Terms.SAME_KIND, demand, (h, d) -> h.getKind() == d.getKind())
                        .expr(Terms.STILL_HELD, demand, (h, d) -> h.lasts(d.getTs())),
                on(demand).execute(d -> d.getProposal().refuse(d)));
    }

    private Rule spent() {
        Variable<Demand> demand = declarationOf(Demand.class, "$demand");
        Variable<Budget> budget = declarationOf(Budget.class, "$budget");
        return rule(PACKAGE, NAME_SPENT).build(
                pattern(demand).expr(Terms.COUNTED, Demand::isCounted),
                pattern(budget)
                        .expr(Terms.SAME_KEY, demand, (b, d) -> b.getKey().equals(d.getKey()),
                                betaIndexedBy(String.class, ConstraintType.EQUAL, 2, Budget::getKey, Demand::getKey))
                        .expr(Terms.USED_UP, demand, (b, d) -> b.spent(d.getTs(), d.getRoom())),
                on(demand).execute(d -> d.getProposal().refuse(d)));
    }

    private Rule explained() {
        Variable<Downstream> below = declarationOf(Downstream.class, "$below");
        Variable<Cause> cause = declarationOf(Cause.class, "$cause");
        return rule(PACKAGE, NAME_EXPLAINED).build(pattern(below),
                pattern(cause)
                        .expr(Terms.ABOVE, below, (c, b) -> c.getEntity().equals(b.getAbove()),
                                betaIndexedBy(String.class, ConstraintType.EQUAL, 4, Cause::getEntity,
                                        Downstream::getAbove))
                        .expr(Terms.EXPLAINS, below, (c, b) -> b.follows(c)),
                on(below, cause).execute((b, c) -> b.getSuspect().found(c)));
    }

    private Rule proposes(UserRule user) {
        return user.byEvent() ? proposesCandidates(user) : proposesBreaches(user);
    }

    private Rule proposesBreaches(UserRule user) {
        Variable<Breach> breach = declarationOf(Breach.class, "$breach");
        int number = user.number();
        return rule(PACKAGE, user.name()).build(
                pattern(breach).expr(Terms.ofRule(number), b -> b.getRule() == number,
                        alphaIndexedBy(Integer.class, ConstraintType.EQUAL, 5, Breach::getRule, number)),
                on(decisions, breach).execute((said, b) -> said.propose(b, null)));
    }

    private Rule proposesCandidates(UserRule user) {
        Variable<Candidate> candidate = declarationOf(Candidate.class, "$candidate");
        int number = user.number();
        return rule(PACKAGE, user.name()).build(
                pattern(candidate).expr(Terms.ofRule(number), c -> c.getRule() == number,
                        alphaIndexedBy(Integer.class, ConstraintType.EQUAL, 3, Candidate::getRule, number)),
                on(decisions, candidate).execute((said, c) -> said.propose(c.getBreach(), c.getEvent())));
    }
}
