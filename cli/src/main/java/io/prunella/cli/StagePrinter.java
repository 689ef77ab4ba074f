package io.prunella.cli;

import io.prunella.control.loop.LoopEvent;
import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.HealResult;
import io.prunella.plan.Step;
import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Scalar;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells a heal to a person as it happens, by its four stages: a line for each thing worth knowing, the time since the
 * rule fired before it.
 */
final class StagePrinter {
    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST_TEXT = 160;

    private final PrintStream out;
    private final Style style;
    private final Map<String, Long> begins = new HashMap<>();

    StagePrinter(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    void print(LoopEvent event) {
        switch (event) {
            case LoopEvent.Fired fired -> fired(fired);
            case LoopEvent.Heal(HealEvent heal) -> heal(heal);
            case LoopEvent.Reloaded _ -> {
                // What is in force is said by whoever loaded it.
            }
            case LoopEvent.Problem problem -> out.println(style.warning("note: " + clean(problem.message())));
        }
    }

    private void fired(LoopEvent.Fired fired) {
        Firing firing = fired.firing();
        begins.put(firing.traceId(), fired.at());
        line(fired.at(), firing.traceId(), "detect", style.strong(firing.rule()) + " fires on "
                + style.strong(clean(firing.entity())) + " at " + TIME.format(Instant.ofEpochMilli(firing.ts())));
        line(fired.at(), firing.traceId(), "", because(firing.because()));
        if (fired.ended().isPresent()) {
            line(fired.at(), firing.traceId(), "decide", result(fired.ended().get()) + nothingDone(fired));
        } else {
            line(fired.at(), firing.traceId(), "decide", outline(firing.order().plan()));
        }
    }

    private static String nothingDone(LoopEvent.Fired fired) {
        return fired.ended().filter(HealResult.DRY_RUN::equals).isPresent()
                ? ": would " + steps(fired.firing().order().plan().then()) + "; nothing is done without `--mode auto`"
                : "";
    }

    private static String because(List<Because> terms) {
        return terms.stream().map(b -> clean(b.term()) + " = " + scalar(b.value())).collect(Collectors.joining(", "));
    }

    private static String scalar(Scalar value) {
        return switch (value) {
            case Scalar.Text(String text) -> clean(text);
            case Scalar.Quantity(double number) -> number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
            case Scalar.Flag(boolean flag) -> Boolean.toString(flag);
        };
    }

    private static String outline(ExecutionPlan plan) {
        StringBuilder text = new StringBuilder(steps(plan.then()));
        plan.verify().ifPresent(verify -> text.append("; then verify ").append(clean(verify.condition().text())));
        if (!plan.rollback().isEmpty()) {
            text.append("; else ").append(steps(plan.rollback()));
        }
        return text.toString();
    }

    private static String steps(List<Step> steps) {
        return steps.stream().map(StagePrinter::step).collect(Collectors.joining(", "));
    }

    private static String step(Step step) {
        return switch (step) {
            case Step.Execute execute -> "execute " + execute.action();
            case Step.Collect collect -> "collect " + collect.action();
            case Step.Notify notify -> "notify " + notify.channel();
            case Step.Wait wait -> "wait " + duration(wait.millis());
            case Step.WaitUntil wait -> "wait until " + clean(wait.condition().text());
            case Step.Approve approve -> "ask " + approve.group();
            case Step.Emit emit -> "emit " + emit.eventType();
            case Step.Ticket ticket -> "open a ticket in " + ticket.channel();
            case Step.Parallel parallel -> "at once: " + steps(parallel.steps());
        };
    }

    private void heal(HealEvent event) {
        String id = event.traceId();
        switch (event) {
            case HealEvent.Submitted _,HealEvent.PhaseStarted _,HealEvent.PhaseEnded _,HealEvent.Output _,HealEvent.StepEnded _ -> {
                // Told by what comes before or after.
            }
            case HealEvent.Resumed resumed -> {
                begins.putIfAbsent(id, resumed.at());
                line(resumed.at(), id, "decide", "takes up " + resumed.order().plan().rule() + " on "
                        + clean(resumed.order().entity()) + ", left by a process that ended: " + clean(resumed.how()));
            }
            case HealEvent.Claimed claimed ->
                line(claimed.at(), id, "", "claims " + clean(claimed.target()) + " (token " + claimed.token() + ")");
            case HealEvent.ClaimHeld held -> line(held.at(), id, "", clean(held.by().describe()));
            case HealEvent.Checked checked -> {
                // That nothing can be told is the rule for messages, and worth no line.
                if (!(checked.answer() instanceof CheckAnswer.CannotTell)) {
                    line(checked.at(), id, "", "looks first: " + looked(checked.answer()));
                }
            }
            case HealEvent.AttemptStarted attempt -> line(attempt.at(), id, word(attempt.phase()),
                    style.strong(clean(attempt.doing())) + " on " + clean(attempt.target()) + " through "
                            + attempt.driver() + (attempt.attempt() > 1 ? ", attempt " + attempt.attempt() : ""));
            case HealEvent.AttemptEnded ended -> line(ended.at(), id, "", outcome(ended.outcome()));
            case HealEvent.WaitStarted wait ->
                line(wait.at(), id, "",
                        "waits, until " + duration(wait.until() - wait.at()) + " from now at the latest");
            case HealEvent.VerifyStarted verify -> line(verify.at(), id, "verify", clean(verify.condition().text())
                    + ", " + duration(verify.deadline() - verify.at()) + " at most");
            case HealEvent.VerifyEnded verify -> line(verify.at(), id, "", switch (verify.truth()) {
                case TRUE -> style.good("true");
                case FALSE -> style.bad("false");
                case UNKNOWN -> style.warning("unknown: nothing newer was seen");
            });
            case HealEvent.Ended ended -> {
                line(ended.at(), id, "", result(ended.result()) + " after "
                        + duration(ended.at() - begins.getOrDefault(id, ended.at())));
                begins.remove(id);
            }
        }
        out.flush();
    }

    private static String word(Phase phase) {
        return switch (phase) {
            case THEN -> "execute";
            case AFTER -> "after";
            case ROLLBACK -> "rollback";
            case ESCALATE -> "escalate";
        };
    }

    private static String looked(CheckAnswer answer) {
        return switch (answer) {
            case CheckAnswer.InDesiredState _ -> "already as it should be";
            case CheckAnswer.WouldChange(List<String> changes) ->
                "would change" + (changes.isEmpty() ? " something" : ": " + clean(String.join(", ", changes)));
            case CheckAnswer.CannotTell(String why) -> "cannot tell, " + clean(why);
            case CheckAnswer.Refused(Outcome.Refused why) -> "cannot be run: " + clean(why.message());
        };
    }

    private String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> style.good("succeeded");
            case Outcome.Failed failed ->
                style.bad("failed") + " [" + failed.code().code() + "]: " + clean(failed.message());
            case Outcome.TimedOut timedOut -> style.bad("timed out") + ": " + clean(timedOut.message());
            case Outcome.Refused refused ->
                style.bad("not begun") + " [" + refused.code().code() + "]: " + clean(refused.message());
            case Outcome.Unknown unknown ->
                style.warning("nobody knows whether it took effect") + ": " + clean(unknown.message());
        };
    }

    private String result(HealResult result) {
        return switch (result) {
            case HEALED, SUCCEEDED -> style.good(result.name());
            case DRY_RUN, REJECTED, SKIPPED_SUPPRESSED, SKIPPED_GUARD, SKIPPED_COOLDOWN, SKIPPED_LIMIT, SKIPPED_LOCKED,
                    SKIPPED_BLIND, SKIPPED_PAUSED, SKIPPED_UNCHANGED ->
                style.strong(result.name());
            case UNVERIFIED, VERIFY_FAILED, ROLLED_BACK, ROLLBACK_FAILED, FAILED, TIMED_OUT, INTERRUPTED, EXPIRED ->
                style.bad(result.name());
        };
    }

    private void line(long at, String traceId, String stage, String text) {
        long since = at - begins.getOrDefault(traceId, at);
        out.println(style.quiet(String.format(Locale.ROOT, "  %7.2f s", since / 1000.0)) + "  "
                + style.strong(String.format("%-8s", stage)) + "  " + text);
    }

    /** As in rules where that is short, else in seconds. */
    static String duration(long millis) {
        return millis % 1000 == 0 && millis < 60_000
                ? millis / 1000 + " s"
                : millis < 60_000
                        ? String.format(Locale.ROOT, "%.2f s", millis / 1000.0)
                        : String.format(Locale.ROOT, "%d min %d s", millis / 60_000, millis % 60_000 / 1000);
    }

    // Text from outside must not move a terminal's cursor, nor fill its screen.
    private static String clean(String text) {
        String printable = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return printable.length() > LONGEST_TEXT ? printable.substring(0, LONGEST_TEXT - 1) + "…" : printable;
    }
}
