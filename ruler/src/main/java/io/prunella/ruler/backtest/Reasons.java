package io.prunella.ruler.backtest;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.ruler.backtest.Difference.Kind;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.simulation.Recordings;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks both packs how it stood where they differ, in one more pass over the recordings for some thousand differences;
 * of very many, the last ones are left without a reason.
 */
final class Reasons {
    private static final int AT_ONCE = 2_000;
    private static final int MOST = 10_000;

    private final PackModel a;
    private final PackModel b;
    private final Recordings recordings;
    private final SimulationSettings settings;

    Reasons(PackModel a, PackModel b, Recordings recordings, SimulationSettings settings) {
        this.a = a;
        this.b = b;
        this.recordings = recordings;
        this.settings = settings;
    }

    /** A difference of a rule that stands in both packs. */
    private record Open(int rule, int place, RulePair rules, Difference difference) {
        String nameA() {
            return rules.a().map(RuleModel::name).orElseThrow();
        }

        String nameB() {
            return rules.b().map(RuleModel::name).orElseThrow();
        }

        Question toA(long at) {
            return Question.ofSubject(nameA(), difference.firing().subject(), at);
        }

        Question toB(long at) {
            return Question.ofSubject(nameB(), difference.firing().subject(), at);
        }

        /** The instant at which one fired and the other did not; of a change, the common one. */
        long at() {
            return switch (difference.kind()) {
                case NEW, EARLIER, CHANGED -> difference.b().orElseThrow().ts();
                case GONE, LATER -> difference.a().orElseThrow().ts();
            };
        }
    }

    /** The same rules, with their reasons; a rule that the other pack does not have is reason enough. */
    List<RuleDifference> find(List<RulePair> pairs, List<RuleDifference> rules) throws IOException {
        List<Open> open = new ArrayList<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            RulePair pair = pairs.get(rule);
            List<Difference> differences = rules.get(rule).differences();
            for (int place = 0; place < differences.size() && open.size() < MOST; place++) {
                if (pair.a().isPresent() && pair.b().isPresent() && asks(differences.get(place))) {
                    open.add(new Open(rule, place, pair, differences.get(place)));
                }
            }
        }
        List<List<Difference>> found = new ArrayList<>();
        rules.forEach(rule -> found.add(new ArrayList<>(rule.differences())));
        for (int from = 0; from < open.size(); from += AT_ONCE) {
            List<Open> some = open.subList(from, Math.min(open.size(), from + AT_ONCE));
            Set<Question> toA = new LinkedHashSet<>();
            Set<Question> toB = new LinkedHashSet<>();
            some.forEach(one -> questions(one, toA, toB));
            Map<Question, Answer> ofA = Simulation.ask(a, recordings.open(), settings, toA, _ -> {}).answers();
            Map<Question, Answer> ofB = Simulation.ask(b, recordings.open(), settings, toB, _ -> {}).answers();
            for (Open one : some) {
                found.get(one.rule()).set(one.place(), one.difference().because(reason(one, ofA, ofB)));
            }
        }
        List<RuleDifference> answered = new ArrayList<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            answered.add(rules.get(rule).with(found.get(rule)));
        }
        return answered;
    }

    /** Another plan, severity or mode stands in the rule, and is its own reason. */
    private static boolean asks(Difference difference) {
        return difference.kind() != Kind.CHANGED || result(difference).isPresent();
    }

    private static Optional<Difference.Change> result(Difference difference) {
        return difference.changes().stream().filter(change -> change.what().equals("result")).findFirst();
    }

    private static void questions(Open one, Set<Question> toA, Set<Question> toB) {
        if (one.difference().kind() != Kind.CHANGED) {
            toA.add(one.toA(one.at()));
            toB.add(one.toB(one.at()));
        }
        if (result(one.difference()).isPresent()) {
            one.difference().a().filter(fired -> fired.result().skipped())
                    .ifPresent(fired -> toA.add(one.toA(fired.ts())));
            one.difference().b().filter(fired -> fired.result().skipped())
                    .ifPresent(fired -> toB.add(one.toB(fired.ts())));
        }
    }

    private static List<String> reason(Open one, Map<Question, Answer> ofA, Map<Question, Answer> ofB) {
        List<String> reason = new ArrayList<>();
        Difference difference = one.difference();
        if (difference.kind() != Kind.CHANGED) {
            Optional<Explanation> a = explained(ofA, one.toA(one.at()));
            Optional<Explanation> b = explained(ofB, one.toB(one.at()));
            boolean firedInB = difference.kind() == Kind.NEW || difference.kind() == Kind.EARLIER;
            reason.addAll(firedInB
                    ? DecisiveLeg.between(b, a, "A", DecisiveLeg.Order.FIRED_FIRST)
                    : DecisiveLeg.between(a, b, "B", DecisiveLeg.Order.SILENT_FIRST));
        }
        if (result(difference).isPresent()) {
            difference.a().ifPresent(fired -> obstacles(fired, explained(ofA, one.toA(fired.ts())), "A", reason));
            difference.b().ifPresent(fired -> obstacles(fired, explained(ofB, one.toB(fired.ts())), "B", reason));
        }
        return reason;
    }

    private static void obstacles(Fired fired, Optional<Explanation> explained, String pack, List<String> into) {
        explained.stream().flatMap(e -> e.obstacles().stream())
                .filter(obstacle -> obstacle.result() == fired.result())
                .forEach(obstacle -> into.add("in " + pack + ": " + obstacle.text()
                        + (obstacle.until().isPresent()
                                ? ", until " + DecisiveLeg.time(obstacle.until().getAsLong())
                                : "")));
    }

    private static Optional<Explanation> explained(Map<Question, Answer> answers, Question question) {
        return switch (answers.get(question)) {
            case Answer.Explained explained -> Optional.of(explained.explanations().getFirst());
            case Answer.NoSuchRule _,Answer.NoRule _,Answer.NoSuchSubject _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }
}
