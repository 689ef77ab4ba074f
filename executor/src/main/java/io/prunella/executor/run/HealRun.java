package io.prunella.executor.run;

import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.journal.StepResult;
import io.prunella.executor.lock.ClaimHolder;
import io.prunella.executor.lock.Lease;
import io.prunella.executor.run.HealMachine.Effect;
import io.prunella.executor.run.HealMachine.Event;
import io.prunella.executor.run.HealMachine.State;
import io.prunella.plan.DurationText;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.plan.Step;
import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Performs what {@link HealMachine} says for one heal. Lives in its mailbox; every method is called in there. */
final class HealRun {
    // Longer than any claim of a dead process lives on.
    private static final long OWN_CLAIM_PAUSE = 5_000;

    private final HealContext context;
    private final HealOrder order;
    private final Runnable ended;
    private State state = State.SUBMITTED;
    private CompensationMachine.State compensation = CompensationMachine.State.IDLE;
    private HealResult result = HealResult.SUCCEEDED;
    private final Map<String, String> because = new LinkedHashMap<>();
    private boolean inDoubt;
    // Told: not the same as the last state, whose row may still fail to be written.
    private boolean over;
    private Optional<SequenceRun> sequence = Optional.empty();
    private Optional<Conditions.Watch> watch = Optional.empty();

    HealRun(HealContext context, Runnable ended) {
        this.context = context;
        this.order = context.order();
        this.ended = ended;
    }

    void begin() {
        if (context.replay().resumed()) {
            context.replay().cancelAsked().ifPresent(asked -> context.cancelledBy(asked.by()));
            context.replay().withdrawn().ifPresent(withdrawn -> context.withdrawn(withdrawn.why()));
            context.record("", new Fact.Resumed());
            context.tell(new HealEvent.Resumed(order.traceId(), context.now(), order,
                    context.replay().started() ? "what was in flight is checked again" : "nothing had been done yet"));
            because.put("resumed", "taken up after the end of a process");
        } else {
            context.record("", new Fact.Submitted(order));
            context.tell(new HealEvent.Submitted(order.traceId(), context.now(), order));
        }
        on(admission());
    }

    private Event admission() {
        if (order.mode() == Mode.DRY_RUN) {
            result = HealResult.DRY_RUN;
            return Event.ONLY_PLANNED;
        }
        if (order.mode() == Mode.APPROVE) {
            result = HealResult.DRY_RUN;
            because.put("approval", "`mode: approve` is not available yet; nothing was done");
            return Event.ONLY_PLANNED;
        }
        if (context.cancelledBy().isPresent() && !context.replay().started()) {
            return cancelled();
        }
        if (context.withdrawn().isPresent()) {
            return withdrawn();
        }
        var unavailable = Targets.unavailable(order);
        if (unavailable.isPresent()) {
            return refused(unavailable.get().code(), unavailable.get().message());
        }
        return tooOld() ? tooOldEvent() : Event.ADMITTED;
    }

    /** Somebody wants the heal stopped. */
    void cancel(String by) {
        if (state == State.ESCALATING || state == State.ENDED || context.cancelledBy().isPresent()) {
            return;
        }
        context.record("", new Fact.CancelAsked(by));
        context.cancelledBy(by);
        sequence.ifPresent(SequenceRun::cancel);
        if (state == State.VERIFYING) {
            watch.ifPresent(Conditions.Watch::cancel);
            on(cancelled());
        }
    }

    /** What it was started for is over: nothing is done any more, unless an action was begun. */
    void withdraw(String why) {
        if (context.acted() || context.stopped().isPresent() || (state != State.CLAIMING && state != State.ACTING)) {
            return;
        }
        context.record("", new Fact.Withdrawn(why));
        context.withdrawn(why);
        sequence.ifPresent(SequenceRun::cancel);
    }

    private Event withdrawn() {
        because.put("withdrawn", context.withdrawn().orElse("") + " before any action was begun");
        result(HealResult.SKIPPED_UNCHANGED);
        return Event.WITHDRAWN;
    }

    /** Ends the heal where it stands, because the journal or we ourselves are broken; no effect follows. */
    void abandon(FailureCode code, String why) {
        if (over) {
            return;
        }
        over = true;
        state = State.ENDED;
        sequence.ifPresent(SequenceRun::abandon);
        watch.ifPresent(Conditions.Watch::cancel);
        because.put("failure", code.code() + " " + why);
        release();
        context.tell(new HealEvent.Ended(order.traceId(), context.now(),
                context.replay().started() || sequence.isPresent() ? HealResult.INTERRUPTED : HealResult.FAILED,
                because));
        ended.run();
    }

    private void on(Event event) {
        var row = HealMachine.TABLE.next(state, event);
        context.walked(row);
        state = row.to();
        row.effects().forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case CLAIM -> claim();
            case CLAIM_LATER -> context.ports().timers().schedule(context.now() + OWN_CLAIM_PAUSE,
                    () -> context.post(this::claim));
            case RUN_THEN -> run(Phase.THEN, order.plan().then(), this::actedThrough);
            case VERIFY -> verify();
            case RUN_AFTER -> run(Phase.AFTER, order.plan().after(), this::concluded);
            case COMPENSATE -> compensate(order.plan().rollback().isEmpty()
                    ? CompensationMachine.Event.BEGIN_WITHOUT_STEPS
                    : CompensationMachine.Event.BEGIN);
            case ESCALATE -> escalate();
            case END -> end();
        }
    }

    private void claim() {
        if (state != State.CLAIMING) {
            return;
        }
        if (context.withdrawn().isPresent()) {
            on(withdrawn());
            return;
        }
        var requests = Targets.claims(order, context.resolver(order.entity(), Map.of()),
                context.settings().executorId());
        context.aside(() -> {
            var answer = Claims.claim(context.ports().locks(), requests);
            context.post(() -> claimed(answer));
        });
    }

    private void claimed(Claims.Answer answer) {
        switch (answer) {
            case Claims.Answer.All(var leases) -> granted(leases);
            case Claims.Answer.Held(var by) -> on(held(by));
            case Claims.Answer.Unavailable(var cause) -> on(refused(FailureCode.LOCK_UNAVAILABLE, cause));
        }
    }

    private void granted(List<Lease> leases) {
        context.leases(leases);
        if (tooOld()) {
            on(tooOldEvent());
            return;
        }
        if (context.cancelledBy().isPresent() && !context.replay().started()) {
            on(cancelled());
            return;
        }
        if (context.withdrawn().isPresent()) {
            on(withdrawn());
            return;
        }
        for (var lease : leases) {
            context.record("", new Fact.Claimed(lease.target(), lease.token().value(), lease.degraded().orElse("")));
            context.tell(new HealEvent.Claimed(order.traceId(), context.now(), lease.target(),
                    lease.token().value()));
        }
        on(Event.CLAIMED);
    }

    private Event held(ClaimHolder by) {
        if (by.traceId().equals(order.traceId())) {
            return Event.HELD_BY_OURSELVES;
        }
        context.tell(new HealEvent.ClaimHeld(order.traceId(), context.now(), by));
        because.put("lock", by.describe());
        if (context.replay().started()) {
            result(HealResult.INTERRUPTED);
            return Event.INTERRUPTED;
        }
        result(HealResult.SKIPPED_LOCKED);
        return Event.HELD;
    }

    private void run(Phase phase, List<Step> steps, Consumer<SequenceRun.End> done) {
        var run = new SequenceRun(context, phase, steps, done);
        sequence = Optional.of(run);
        run.begin();
    }

    private void actedThrough(SequenceRun.End end) {
        inDoubt |= end.inDoubt();
        note(end);
        if (context.withdrawn().isPresent()) {
            on(withdrawn());
        } else if (end.culprit().isPresent()) {
            blame(end.culprit().get());
            on(result == HealResult.INTERRUPTED ? Event.INTERRUPTED : Event.STEPS_FAILED);
        } else if (end.unchanged()) {
            result(HealResult.SKIPPED_UNCHANGED);
            because.put("check", "the target is already as the plan would leave it");
            on(Event.NOTHING_TO_DO);
        } else {
            on(Event.STEPS_DONE);
        }
    }

    private void verify() {
        var verify = order.plan().verify();
        if (verify.isEmpty()) {
            result(HealResult.SUCCEEDED);
            on(Event.PROVED);
            return;
        }
        var replayed = context.replay().verifyEnded();
        if (replayed.isPresent()) {
            on(judged(replayed.get().truth()));
            return;
        }
        if (context.cancelledBy().isPresent()) {
            on(cancelled());
            return;
        }
        long now = context.now();
        // After a restart the whole time is given again: while we were away, nothing was looked at.
        long deadline = now + verify.get().withinMillis();
        long newerThan = context.replay().verifyBegan().map(Fact.VerifyBegan::newerThan).orElse(now);
        context.record("", new Fact.VerifyBegan(newerThan, deadline));
        var condition = verify.get().condition();
        context.tell(new HealEvent.VerifyStarted(order.traceId(), now, condition, deadline));
        var every = verify.get().everyMillis().map(OptionalLong::of).orElseGet(OptionalLong::empty);
        watch = Optional.of(context.ports().conditions().watch(
                new Conditions.Request(condition, context.asked(), newerThan, deadline, every),
                truth -> context.post(() -> {
                    if (state == State.VERIFYING) {
                        context.record("", new Fact.VerifyEnded(truth));
                        context.tell(new HealEvent.VerifyEnded(order.traceId(), context.now(), truth));
                        on(judged(truth));
                    }
                })));
    }

    private Event judged(Truth truth) {
        var text = order.plan().verify().map(verify -> verify.condition().text()).orElse("");
        switch (truth) {
            case TRUE -> result(HealResult.HEALED);
            case FALSE -> {
                result(HealResult.VERIFY_FAILED);
                because.put("verify", "`" + text + "` was still false at the deadline");
            }
            case UNKNOWN -> {
                result(HealResult.UNVERIFIED);
                because.put("verify", "`" + text + "` was unknown at the deadline: no newer sample says so");
            }
        }
        return switch (truth) {
            case TRUE -> Event.PROVED;
            case FALSE -> Event.DISPROVED;
            case UNKNOWN -> Event.UNPROVED;
        };
    }

    private void concluded(SequenceRun.End end) {
        inDoubt |= end.inDoubt();
        note(end);
        if (end.culprit().isPresent()) {
            because.put("first", result.name());
            blame(end.culprit().get());
            on(result == HealResult.INTERRUPTED ? Event.INTERRUPTED : Event.CONCLUSION_FAILED);
        } else {
            on(inDoubt ? Event.CONCLUDED_IN_DOUBT : Event.CONCLUDED);
        }
    }

    private void compensate(CompensationMachine.Event event) {
        var row = CompensationMachine.TABLE.next(compensation, event);
        context.walked(row);
        compensation = row.to();
        row.effects().forEach(effect -> {
            switch (effect) {
                case RUN_ROLLBACK -> run(Phase.ROLLBACK, order.plan().rollback(), end -> {
                    end.culprit().ifPresent(culprit -> because.put("rollback",
                            "`" + culprit.step() + "`: " + culprit.because()));
                    compensate(end.good()
                            ? CompensationMachine.Event.STEPS_DONE
                            : end.culprit().filter(c -> c.result() == StepResult.INTERRUPTED).isPresent()
                                    ? CompensationMachine.Event.INTERRUPTED
                                    : CompensationMachine.Event.STEPS_FAILED);
                });
                case REPORT -> compensated();
            }
        });
    }

    private void compensated() {
        var first = result;
        switch (compensation) {
            case NOTHING_TO_UNDO -> {
            }
            case UNDONE -> result(HealResult.ROLLED_BACK);
            case STUCK -> result(HealResult.ROLLBACK_FAILED);
            case IDLE, UNDOING -> throw new IllegalStateException("compensation reports while " + compensation);
        }
        if (first != result) {
            because.put("first", first.name());
        }
        on(Event.COMPENSATED);
    }

    private void escalate() {
        context.result(result.name());
        var steps = order.plan().escalate();
        if (steps.isEmpty()) {
            steps = context.settings().defaultChannel().map(DefaultEscalation::step).stream().toList();
        }
        run(Phase.ESCALATE, steps, end -> {
            end.culprit().ifPresent(culprit -> because.put("escalate",
                    "`" + culprit.step() + "`: " + culprit.because()));
            note(end);
            on(Event.ESCALATED);
        });
    }

    private void end() {
        var degraded = context.leases().stream().flatMap(lease -> lease.degraded().stream()).findFirst();
        degraded.ifPresent(why -> because.put("degraded", why));
        context.record("", new Fact.Ended(result, because));
        over = true;
        release();
        context.tell(new HealEvent.Ended(order.traceId(), context.now(), result, because));
        ended.run();
    }

    private void release() {
        var leases = new ArrayList<>(context.leases());
        context.leases(List.of());
        context.aside(() -> leases.forEach(Lease::release));
    }

    private void blame(SequenceRun.Culprit culprit) {
        because.put("step", culprit.step());
        because.put("failure", culprit.because());
        result(switch (culprit.result()) {
            case FAILED -> HealResult.FAILED;
            case TIMED_OUT -> HealResult.TIMED_OUT;
            case INTERRUPTED -> HealResult.INTERRUPTED;
            case SUCCEEDED, UNCHANGED, SKIPPED ->
                throw new IllegalStateException("a step that ended " + culprit.result() + " is nobody's fault");
        });
    }

    private void note(SequenceRun.End end) {
        end.passedOver().forEach(culprit -> because.put("passed over `" + culprit.step() + "`", culprit.because()));
    }

    private Event cancelled() {
        because.put("cancelled", "by " + context.cancelledBy().orElse("nobody"));
        result(HealResult.INTERRUPTED);
        return Event.CANCELLED;
    }

    private Event refused(FailureCode code, String why) {
        because.put("failure", code.code() + " " + why);
        result(HealResult.FAILED);
        return Event.REFUSED;
    }

    private boolean tooOld() {
        var most = context.settings().maxAgeMillis();
        return most.isPresent() && !context.replay().started()
                && context.now() - order.firedAt() > most.getAsLong();
    }

    private Event tooOldEvent() {
        result(HealResult.EXPIRED);
        because.put("age", DurationText.of(context.now() - order.firedAt()));
        return Event.TOO_OLD;
    }

    private void result(HealResult now) {
        result = now;
    }
}
