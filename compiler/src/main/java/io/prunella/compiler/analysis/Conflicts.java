package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.StepCheck;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two rules that one cause can start at once, and whose actions on one target repeat or undo each other. */
final class Conflicts {
    // Of the rules that share an action and a cause, so many are compared with each; then the index has done its work.
    private static final int MOST = 16;

    private final Problems problems;
    private final Map<String, List<Doing>> doings = new HashMap<>();
    private final Map<String, List<Undoing.Pair>> undone;
    private final Set<String> reported = new HashSet<>();

    private Conflicts(Problems problems, Undoing undoing) {
        this.problems = problems;
        this.undone = undoing.byAction();
    }

    /** One action of one rule, and the cause it shares with others. */
    private record Doing(Party party, Step.Invoke step, String action, String target, String cause, String words) {
        Profile rule() {
            return party.rule();
        }
    }

    /**
     * A rule.
     *
     * @param wants what has to be so for it to fire
     * @param heals of which actions and rules it asks how long ago they were: it has thought of them
     */
    private record Party(Profile rule, Claim wants, Set<String> heals) {
        static Party of(Profile rule) {
            List<Claim> claims = new ArrayList<>();
            rule.legs().forEach(leg -> claims.add(leg.claim()));
            rule.allowed().forEach(leg -> claims.add(leg.claim()));
            Set<String> heals = new HashSet<>();
            rule.clauses().all().forEach(clause -> {
                if (clause instanceof Clause.When || clause instanceof Clause.Unless) {
                    Ast.walk(clause, node -> {
                        if (node instanceof Expr.TimeSince since && since.kind() == Expr.SinceKind.HEAL) {
                            heals.add(since.name().text());
                        }
                    });
                }
            });
            return new Party(rule, new Claim.Both(claims), heals);
        }

        boolean waitsFor(Doing other) {
            return heals.contains(other.action()) || heals.contains(other.rule().name());
        }
    }

    /**
     * Warns about pairs.
     *
     * @param shadowed names of rules of which it was said already that they repeat another one
     */
    static void run(List<Profile> rules, Set<String> shadowed, Problems problems) {
        Conflicts conflicts = new Conflicts(problems, Undoing.of(rules));
        for (Profile rule : rules) {
            if (!shadowed.contains(rule.name()) && !Together.impossible(rule.legs())) {
                conflicts.rule(rule);
            }
        }
    }

    private void rule(Profile rule) {
        Map<String, String> evidence = Evidence.of(rule);
        List<Doing> own = new ArrayList<>();
        Party party = Party.of(rule);
        for (Step.Invoke step : evidence.isEmpty() ? List.<Step.Invoke>of() : rule.executes()) {
            String target = rule.target() + StepCheck.option(step, "target").map(Ast::print).orElse("");
            Steps.name(step).ifPresent(action -> evidence.forEach(
                    (cause, words) -> own.add(new Doing(party, step, action, target, cause, words))));
        }
        for (Doing doing : own) {
            others(doing, doing.action()).ifPresent(other -> repeats(doing, other));
            for (Undoing.Pair pair : undone.getOrDefault(doing.action(), List.of())) {
                others(doing, pair.partner(doing.action())).ifPresent(other -> undoes(doing, other, pair));
            }
        }
        own.forEach(doing -> doings.computeIfAbsent(key(doing.cause(), doing.action()), _ -> new ArrayList<>())
                .add(doing));
    }

    private static String key(String cause, String action) {
        return cause + '\n' + action;
    }

    private Optional<Doing> others(Doing doing, String action) {
        return doings.getOrDefault(key(doing.cause(), action), List.of()).stream().limit(MOST)
                .filter(other -> doing.target().equals(other.target()) && canFireTogether(doing, other)).findFirst();
    }

    private static boolean canFireTogether(Doing a, Doing b) {
        return !a.party().waitsFor(b) && !b.party().waitsFor(a)
                && Solver.isPossibleForOneSeries(new Claim.Both(List.of(a.party().wants(), b.party().wants())))
                && Evidence.starts(a.cause(), a.rule(), b.rule());
    }

    private void repeats(Doing later, Doing first) {
        if (!reported.add(later.rule().name() + '\n' + later.action())) {
            return;
        }
        Diagnostics.Reported report = problems.in(later.rule().rule().file())
                .report(DiagnosticCode.REPEATED_ACTION, later.step().span())
                .message("`%s` and `%s` can fire together, and both do `%s`", first.rule().name(),
                        later.rule().name(), later.action());
        chain(later, first, report);
        report.help("let one of them wait for the other, e.g. `unless: time since heal \"" + first.rule().name()
                + "\" < 30m`");
    }

    private void undoes(Doing later, Doing first, Undoing.Pair pair) {
        if (!reported.add(later.rule().name() + '\n' + later.action() + '\n' + first.action())) {
            return;
        }
        Diagnostics.Reported report = problems.in(later.rule().rule().file())
                .report(DiagnosticCode.UNDONE_ACTION, later.step().span())
                .message("`%s` and `%s` can fire together, and `%s` takes back what `%s` does", first.rule().name(),
                        later.rule().name(), pair.undo(), pair.done());
        chain(later, first, report);
        report.label(pair.file(), pair.span(), "`" + pair.undo() + "` is what takes `" + pair.done() + "` back here");
        report.help("let one of them wait for the other, e.g. `unless: time since heal \"" + first.rule().name()
                + "\" < 30m`");
    }

    private static void chain(Doing later, Doing first, Diagnostics.Reported report) {
        report.label(first.rule().rule().file(), first.step().span(),
                "`" + first.rule().name() + "` does `" + first.action() + "` here");
        for (Doing doing : List.of(first, later)) {
            cause(doing).ifPresent(span -> report.label(doing.rule().rule().file(), span,
                    doing.words() + " starts `" + doing.rule().name() + "`"));
        }
    }

    private static Optional<io.prunella.dsl.ast.Span> cause(Doing doing) {
        return doing.cause().startsWith("metric ")
                ? doing.rule().clauses().one(Clause.When.class).map(when -> when.condition().span())
                : doing.rule().trigger().map(trigger -> trigger.span());
    }
}
