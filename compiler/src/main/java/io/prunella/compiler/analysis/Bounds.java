package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Clauses;
import io.prunella.compiler.check.StepCheck;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Clause.LimitTerm;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.List;
import java.util.Optional;

/** Limits that stop nothing, as the other bounds of a rule show. */
final class Bounds {
    private static final String SUBJECT = "subject";

    private final Clauses clauses;
    private final Source source;
    private final Diagnostics problems;

    private Bounds(Clauses clauses, Source source, Diagnostics problems) {
        this.clauses = clauses;
        this.source = source;
        this.problems = problems;
    }

    static void run(Profile rule, Source source, Diagnostics problems) {
        Bounds bounds = new Bounds(rule.clauses(), source, problems);
        List<LimitTerm> terms = rule.clauses().one(Clause.Limit.class).map(Clause.Limit::terms).orElse(List.of());
        List<LimitTerm.Rate> rates = terms.stream().filter(LimitTerm.Rate.class::isInstance)
                .map(LimitTerm.Rate.class::cast).filter(rate -> rate.count() > 0 && rate.window().millis() > 0)
                .toList();
        boolean bySubject = rule.target().equals("entity") && bounds.isSubjectTheTarget();
        for (LimitTerm.Rate rate : rates) {
            if (!bounds.byAnother(rate, rates) && bySubject) {
                bounds.byCooldown(rate);
            }
        }
        if (bySubject) {
            bounds.repeat();
        }
    }

    private boolean isSubjectTheTarget() {
        boolean subject = clauses.one(Clause.By.class).map(by -> by.labels().size() == 1).orElse(true);
        return subject && Steps.flat(clauses.then()).stream().allMatch(
                step -> step.verb() != Step.Verb.EXECUTE || StepCheck.option(step, "target").isEmpty());
    }

    private boolean byAnother(LimitTerm.Rate rate, List<LimitTerm.Rate> rates) {
        Optional<LimitTerm.Rate> tighter = rates.stream().filter(other -> !other.equals(rate)
                && (other.per().isEmpty() || per(other).equals(per(rate)))
                && most(other.count(), rate.window().millis(), other.window().millis()) <= rate.count()
                // Of two that say the same, the later one is superfluous.
                && (other.count() != rate.count() || other.window().millis() != rate.window().millis()
                        || !per(other).equals(per(rate)) || other.span().start() < rate.span().start()))
                .findFirst();
        tighter.ifPresent(other -> pointless(rate, other.span(),
                most(other.count(), rate.window().millis(), other.window().millis())));
        return tighter.isPresent();
    }

    private void byCooldown(LimitTerm.Rate rate) {
        Optional<Clause.Cooldown> cooldown = clauses.one(Clause.Cooldown.class)
                .filter(c -> c.time().millis() > 0 && per(rate).equals(SUBJECT));
        cooldown.ifPresent(c -> {
            double most = most(1, rate.window().millis(), c.time().millis());
            if (most <= rate.count()) {
                pointless(rate, c.span(), most);
            }
        });
    }

    /** How many fit in a window that ends with its end, of which each shorter window has at most {@code count}. */
    private static double most(long count, long window, long shorter) {
        return count * Math.ceil((double) window / shorter);
    }

    private void pointless(LimitTerm.Rate rate, Span tighter, double most) {
        problems.report(DiagnosticCode.POINTLESS_LIMIT, rate.span())
                .message("`%s` never limits, as `%s` lets no more than %s through in that time", text(rate.span()),
                        text(tighter), Long.toString((long) most))
                .label(tighter, "this is tighter").help("leave it out, or make it tighter");
    }

    private void repeat() {
        Optional<Clause.Cooldown> cooldown = clauses.one(Clause.Cooldown.class);
        clauses.one(Clause.Repeat.class).ifPresent(repeat -> cooldown
                .filter(c -> repeat.every().millis() < c.time().millis())
                .ifPresent(c -> problems.report(DiagnosticCode.POINTLESS_LIMIT, repeat.span())
                        .message("`%s` fires again while `%s` lets nothing through", text(repeat.span()),
                                text(c.span()))
                        .label(c.span(), "what fires in this time is skipped")
                        .help("let `repeat` be no shorter than `cooldown`")));
    }

    private static String per(LimitTerm.Rate rate) {
        return rate.per().map(Name::text).orElse("");
    }

    private String text(Span span) {
        return source.slice(span).replaceAll("\\s+", " ");
    }
}
