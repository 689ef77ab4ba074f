package io.prunella.control.serve;

import io.prunella.control.loop.HealView;
import io.prunella.control.loop.HealView.Stage;
import io.prunella.control.loop.HealView.StageName;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.HealHistory;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.Phase;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells a heal from the journal's rows alone, as the loop would have told it live. */
final class EarlierHeals {
    private final HealOrder order;
    private final Map<StageName, Stage> stages = new EnumMap<>(StageName.class);
    private final Map<String, HealView.Attempt> attempts = new LinkedHashMap<>();
    private final List<String> output = new ArrayList<>();
    private final Map<String, String> because;
    private Optional<HealResult> result = Optional.empty();

    private EarlierHeals(HealOrder order) {
        this.order = order;
        this.because = new LinkedHashMap<>(order.because());
        stages.put(StageName.DETECT,
                new Stage(StageName.DETECT, order.firedAt(), OptionalLong.of(order.firedAt()), ""));
    }

    static HealView view(HealHistory history) {
        EarlierHeals heal = new EarlierHeals(history.order());
        history.entries().forEach(heal::happened);
        HealOrder order = heal.order;
        return new HealView(order.traceId(), order.plan().rule(), order.plan().pack(), order.entity(), order.subject(),
                order.severity(), order.mode(), order.firedAt(), heal.result, io.prunella.ruler.Firing.NO_SUPPRESSION,
                List.copyOf(heal.stages.values()), List.copyOf(heal.attempts.values()), heal.output, heal.because);
    }

    private void happened(JournalEntry entry) {
        long at = entry.at();
        switch (entry.fact()) {
            case Fact.Submitted _ -> stages.put(StageName.DECIDE,
                    new Stage(StageName.DECIDE, order.firedAt(), OptionalLong.of(at), order.mode().label()));
            case Fact.Resumed _ -> output.add("resumed by another process at " + Stamp.text(at));
            case Fact.Claimed claimed -> {
                if (!claimed.degraded().isEmpty()) {
                    output.add("claim held by the local lock only: " + claimed.degraded());
                }
            }
            case Fact.Intent intent -> {
                if (intent.phase() == Phase.THEN) {
                    stages.putIfAbsent(StageName.EXECUTE, new Stage(StageName.EXECUTE, at, OptionalLong.empty(), ""));
                }
                attempts.put(entry.actionId(), new HealView.Attempt(entry.actionId(), lower(intent.phase()),
                        intent.step(), intent.doing(), intent.driver(), intent.target(), intent.attempt(), at,
                        OptionalLong.empty(), "", ""));
            }
            case Fact.AttemptEnded ended -> attempts.computeIfPresent(entry.actionId(),
                    (_, a) -> new HealView.Attempt(a.actionId(), a.phase(), a.step(), a.doing(), a.driver(), a.target(),
                            a.number(), a.start(), OptionalLong.of(at), word(ended.outcome()),
                            message(ended.outcome())));
            case Fact.VerifyBegan _ -> {
                end(StageName.EXECUTE, at, "");
                stages.putIfAbsent(StageName.VERIFY, new Stage(StageName.VERIFY, at, OptionalLong.empty(), ""));
            }
            case Fact.VerifyEnded verified -> end(StageName.VERIFY, at, lower(verified.truth()));
            case Fact.Withdrawn withdrawn -> output.add("withdrawn: " + withdrawn.why());
            case Fact.CancelAsked asked -> output.add("stopped by " + asked.by());
            case Fact.WaitBegan _,Fact.StepEnded _ -> {
                // Shows in the attempts and the stage.
            }
            case Fact.Ended ended -> {
                result = Optional.of(ended.result());
                because.putAll(ended.because());
                List.copyOf(stages.keySet()).forEach(s -> end(s, at, ""));
            }
        }
    }

    private void end(StageName name, long at, String note) {
        stages.computeIfPresent(name,
                (_, s) -> s.end().isPresent() ? s : new Stage(name, s.start(), OptionalLong.of(at), note));
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> "succeeded";
            case Outcome.Failed _ -> "failed";
            case Outcome.TimedOut _ -> "timed_out";
            case Outcome.Refused _ -> "refused";
            case Outcome.Unknown _ -> "unknown";
        };
    }

    private static String message(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> "";
            case Outcome.Failed failed -> failed.message();
            case Outcome.TimedOut timedOut -> timedOut.message();
            case Outcome.Refused refused -> refused.message();
            case Outcome.Unknown unknown -> unknown.message();
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
