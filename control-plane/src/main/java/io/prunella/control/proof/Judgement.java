package io.prunella.control.proof;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.control.proof.TestReport.Failure;
import io.prunella.dsl.ast.Expectation;
import io.prunella.dsl.ast.Expectation.FiringDetail;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.plan.DurationText;
import io.prunella.plan.HealResult;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import io.prunella.ruler.Firing;
import io.prunella.ruler.index.Lookups;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what a test expects against what happened; each firing answers one expectation at most. */
final class Judgement {
    private final PackModel pack;
    private final Reasons reasons;
    private final TestClock zero;
    private final ExpectedCause causes;
    private final List<Seen> seen;
    private final List<String> problems;
    private final List<Seen> open;
    private final List<Failure> failures = new ArrayList<>();

    Judgement(PackModel pack, Topology topology, TestStage.Played played, Reasons reasons, TestClock zero) {
        this.pack = pack;
        this.reasons = reasons;
        this.zero = zero;
        seen = played.seen();
        problems = played.problems();
        open = new ArrayList<>(seen);
        this.causes = new ExpectedCause(pack, topology, seen, reasons);
    }

    List<Failure> of(List<Expectation> expectations) {
        expectations.forEach(line -> {
            if (line instanceof Expectation.Fires fires && causeOf(fires).isPresent()) {
                seen.stream().filter(s -> named(s, fires)).forEach(s -> reasons.ask(s.firing()));
            }
        });
        Optional<Seen> before = Optional.empty();
        boolean missed = false;
        for (Expectation line : expectations) {
            switch (line) {
                case Expectation.Fires fires -> {
                    before = fires(fires);
                    missed = before.isEmpty();
                }
                case Expectation.Result(Name result, Span span) -> {
                    if (!missed) {
                        result(before, result, span);
                    }
                }
                case Expectation.NothingElse(Span span) -> nothingElse(span);
            }
        }
        return failures;
    }

    private Optional<Seen> fires(Expectation.Fires expected) {
        Optional<Seen> found = open.stream().filter(s -> matches(s, expected)).findFirst();
        if (found.isPresent()) {
            open.remove(found.get());
        } else {
            failures.add(new Failure(expected.span(), "expected " + text(expected) + ", but " + instead(expected),
                    details(expected)));
        }
        return found;
    }

    private boolean matches(Seen s, Expectation.Fires expected) {
        return named(s, expected) && within(s, expected) && expected.detail().map(d -> detail(s, d)).orElse(true);
    }

    private boolean within(Seen s, Expectation.Fires expected) {
        long ts = s.firing().ts() - zero.millis();
        return ts >= expected.from().millis() && ts <= expected.to().orElse(expected.from()).millis();
    }

    private static boolean named(Seen s, Expectation.Fires expected) {
        return s.firing().rule().equals(expected.rule().text())
                && expected.entity().map(e -> bare(e.text()).equals(bare(s.firing().entity()))).orElse(true);
    }

    private boolean detail(Seen s, FiringDetail detail) {
        return switch (detail) {
            case FiringDetail.Does(Step step, Span _) -> s.firing().skipped().isEmpty() && does(s, step);
            case FiringDetail.SuppressedBy(Name rule, Span _) ->
                s.firing().skipped().filter(r -> r == HealResult.SKIPPED_SUPPRESSED).isPresent()
                        && seen.stream().anyMatch(cause -> cause.firing().rule().equals(rule.text())
                                && s.firing().suppression().equals("suppressed_by_" + cause.firing().traceId()));
            case FiringDetail.SkippedBy(Name reason, Span _) ->
                s.result().map(HealResult::name).filter(r -> r.equals(skip(reason.text()))).isPresent();
        };
    }

    private static String skip(String reason) {
        String word = reason.toUpperCase(Locale.ROOT);
        return "SKIPPED_" + (word.equals("LOCK") ? "LOCKED" : word);
    }

    private static boolean does(Seen s, Step expected) {
        return s.firing().healOrder().map(order -> order.plan().then().stream().anyMatch(step -> same(step, expected)))
                .orElse(false);
    }

    private static boolean same(io.prunella.plan.Step step, Step expected) {
        if (step instanceof io.prunella.plan.Step.Parallel parallel) {
            return parallel.steps().stream().anyMatch(inner -> same(inner, expected));
        }
        if (!(expected instanceof Step.Invoke invoke)) {
            return false;
        }
        String first = invoke.positional().isEmpty() ? null : word(invoke.positional().getFirst());
        return switch (step) {
            case io.prunella.plan.Step.Execute execute ->
                invoke.verb() == Step.Verb.EXECUTE && execute.action().equals(first);
            case io.prunella.plan.Step.Collect collect ->
                invoke.verb() == Step.Verb.COLLECT && collect.action().equals(first);
            case io.prunella.plan.Step.Notify notify ->
                invoke.verb() == Step.Verb.NOTIFY && notify.channel().equals(first);
            case io.prunella.plan.Step.Emit emit ->
                invoke.verb() == Step.Verb.EMIT && emit.eventType().equals(first);
            case io.prunella.plan.Step.Ticket ticket ->
                invoke.verb() == Step.Verb.TICKET && ticket.channel().equals(first);
            case io.prunella.plan.Step.Approve approve ->
                invoke.verb() == Step.Verb.APPROVE && approve.group().equals(first);
            case io.prunella.plan.Step.Wait _,io.prunella.plan.Step.WaitUntil _ -> invoke.verb() == Step.Verb.WAIT;
            case io.prunella.plan.Step.Parallel _ -> false;
        };
    }

    private static @Nullable String word(Expr expr) {
        return expr instanceof Expr.StringLiteral text ? text.text() : null;
    }

    private void result(Optional<Seen> before, Name expected, Span span) {
        if (Arrays.stream(HealResult.values()).noneMatch(r -> r.name().equals(expected.text()))) {
            failures.add(new Failure(span, "there is no result `" + expected.text() + "`",
                    Closest.question(expected.text(),
                            Arrays.stream(HealResult.values()).map(HealResult::name).toList()).stream().toList()));
        } else if (before.isEmpty()) {
            failures.add(
                    new Failure(span, "expected result " + expected.text() + ", but no firing is expected before it",
                            List.of()));
        } else if (!before.get().result().map(HealResult::name).equals(Optional.of(expected.text()))) {
            failures.add(new Failure(span, "expected result " + expected.text() + ", but the heal "
                    + before.get().result().map(r -> "ended " + r).orElse("was still under way"),
                    ended(before.get())));
        }
    }

    /** How a heal ended, and what is known of why. */
    private List<String> ended(Seen heal) {
        List<String> details = new ArrayList<>(List.of(heal.line(zero)));
        if (heal.result().filter(r -> r == HealResult.VERIFY_FAILED || r == HealResult.UNVERIFIED
                || r == HealResult.ROLLED_BACK || r == HealResult.ROLLBACK_FAILED).isPresent()) {
            reasons.unproved(heal).ifPresent(details::add);
        }
        heal.because().forEach((name, value) -> details.add(name + ": " + value));
        return details;
    }

    private void nothingElse(Span span) {
        if (!open.isEmpty()) {
            failures.add(new Failure(span, "expected nothing else, but " + open.size() + " more fired",
                    open.stream().map(s -> s.lineWithValues(zero)).toList()));
        }
    }

    private String instead(Expectation.Fires expected) {
        List<Seen> same = seen.stream().filter(s -> named(s, expected)).toList();
        if (same.isEmpty()) {
            return "it did not fire";
        }
        List<String> times = same.stream().map(s -> zero.text(s.firing().ts()) + " ("
                + s.result().map(HealResult::name).orElse("under way") + (open.contains(s) ? "" : ", expected above")
                + ")").toList();
        return "it fired at " + String.join(", ", times);
    }

    private List<String> details(Expectation.Fires expected) {
        List<String> details = new ArrayList<>();
        List<Seen> inTime = seen.stream().filter(s -> named(s, expected) && within(s, expected)).toList();
        if (!inTime.isEmpty()) {
            inTime.forEach(s -> details.addAll(otherwise(s, expected)));
        } else if (pack.rules().stream().noneMatch(r -> r.name().equals(expected.rule().text()))) {
            details.add("there is no rule `" + expected.rule().text() + "`" + Closest
                    .question(expected.rule().text(), pack.rules().stream().map(RuleModel::name).toList())
                    .map(q -> ", " + q).orElse(""));
        } else {
            details.addAll(reasons.whyNot(expected));
        }
        List<Seen> others = open.stream().filter(s -> !named(s, expected)).toList();
        details.add(others.isEmpty() ? "nothing else fired" : "what fired instead:");
        others.forEach(s -> details.add("  " + s.lineWithValues(zero)));
        problems.forEach(p -> details.add("note: " + p));
        return details;
    }

    /** It fired in time, and yet not as expected: how it did. */
    private List<String> otherwise(Seen s, Expectation.Fires expected) {
        List<String> details = new ArrayList<>(List.of(s.lineWithValues(zero)));
        if (!open.contains(s)) {
            details.add("that firing answers an expectation above");
            return details;
        }
        boolean skipExpected = expected.detail().filter(FiringDetail.SkippedBy.class::isInstance).isPresent();
        Optional<String> cause = causeOf(expected);
        if (cause.isPresent()) {
            details.addAll(causes.whyNot(s, cause.get()));
        } else if (s.firing().skipped().isPresent()) {
            details.addAll(reasons.obstacles(expected));
        } else if (skipExpected) {
            details.add("nothing stood in its way: it was let through");
        }
        if (expected.detail().filter(FiringDetail.Does.class::isInstance).isPresent()) {
            details.add("its plan is: " + plan(s.firing()));
        }
        return details;
    }

    /** The rule by which a firing is expected to be suppressed. */
    private static Optional<String> causeOf(Expectation.Fires expected) {
        return expected.detail().flatMap(detail -> switch (detail) {
            case FiringDetail.SuppressedBy(Name rule, Span _) -> Optional.of(rule.text());
            case FiringDetail.Does _,FiringDetail.SkippedBy _ -> Optional.empty();
        });
    }

    private static String plan(Firing firing) {
        return firing.outline().stream().flatMap(step -> step.entrySet().stream().limit(1))
                .map(first -> first.getKey() + switch (first.getValue()) {
                    case Value.Text(Template text) -> " " + Lookups.written(text);
                    case Value.Duration(long millis) -> " " + DurationText.of(millis);
                    case Value.Quantity _,Value.Flag _,Value.Reference _,Value.Items _,Value.Fields _ -> "";
                }).collect(Collectors.joining(", "));
    }

    private static String text(Expectation.Fires e) {
        return "`" + e.rule().text() + "`" + e.entity().map(n -> " on `" + n.text() + "`").orElse("") + " at "
                + e.from().text() + e.to().map(t -> ".." + t.text()).orElse("") + e.detail().map(d -> switch (d) {
                    case FiringDetail.Does _ -> " with that step";
                    case FiringDetail.SuppressedBy(Name rule, Span _) -> " suppressed by `" + rule.text() + "`";
                    case FiringDetail.SkippedBy(Name reason, Span _) -> " skipped by " + reason.text();
                }).orElse("");
    }

    private static String bare(String entity) {
        return entity.startsWith("node/") ? entity.substring("node/".length()) : entity;
    }
}
