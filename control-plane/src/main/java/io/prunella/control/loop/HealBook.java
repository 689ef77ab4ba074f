package io.prunella.control.loop;

import io.prunella.control.loop.HealView.Stage;
import io.prunella.control.loop.HealView.StageName;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.Firing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Remembers the newest firings and heals for people to look at. Thread-safe; nothing blocks for long. */
final class HealBook {
    private final int most;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();

    /** @param most how many are kept; those under way are kept whatever their number */
    HealBook(int most) {
        this.most = most;
    }

    /** A firing; {@code ended} says how, when nothing is going to happen. */
    synchronized void fired(long at, Firing firing, Optional<HealResult> ended) {
        Entry entry = new Entry(firing, at);
        entry.result = ended;
        entries.putLast(firing.traceId(), entry);
        forget();
    }

    synchronized void happened(HealEvent event) {
        Entry entry = switch (event) {
            case HealEvent.Submitted(String traceId, long at, HealOrder order) ->
                entries.computeIfAbsent(traceId, _ -> new Entry(order, at));
            case HealEvent.Resumed(String traceId, long at, HealOrder order, String _) ->
                entries.computeIfAbsent(traceId, _ -> new Entry(order, at));
            case HealEvent.Claimed _,HealEvent.ClaimHeld _,HealEvent.PhaseStarted _,HealEvent.PhaseEnded _,HealEvent.Checked _,HealEvent.AttemptStarted _,HealEvent.Output _,HealEvent.AttemptEnded _,HealEvent.WaitStarted _,HealEvent.StepEnded _,HealEvent.VerifyStarted _,HealEvent.VerifyEnded _,HealEvent.Ended _ ->
                entries.get(event.traceId());
        };
        if (entry != null) {
            entry.happened(event);
        }
    }

    synchronized List<HealView> newestFirst() {
        return entries.sequencedValues().reversed().stream().map(Entry::view).toList();
    }

    synchronized Optional<HealView> find(String traceId) {
        return Optional.ofNullable(entries.get(traceId)).map(Entry::view);
    }

    private void forget() {
        var oldest = entries.sequencedValues().iterator();
        for (int over = entries.size() - most; over > 0 && oldest.hasNext(); over--) {
            if (oldest.next().result.isPresent()) {
                oldest.remove();
            }
        }
    }

    private static final class Entry {
        private static final int OUTPUT_LINES = 50;
        private final String traceId;
        private final String rule;
        private final String pack;
        private final String entity;
        private final Map<String, String> subject;
        private final String severity;
        private final Mode mode;
        private final long firedAt;
        private final String suppression;
        private final Map<String, String> because = new LinkedHashMap<>();
        private final Map<StageName, Stage> stages = new EnumMap<>(StageName.class);
        private final Map<String, HealView.Attempt> attempts = new LinkedHashMap<>();
        private final Deque<String> output = new ArrayDeque<>();
        private Optional<HealResult> result = Optional.empty();

        Entry(Firing firing, long at) {
            traceId = firing.traceId();
            rule = firing.rule();
            pack = firing.healOrder().map(o -> o.plan().pack()).orElse(firing.pack());
            entity = firing.entity();
            subject = firing.subject();
            severity = firing.severity();
            mode = firing.mode();
            firedAt = firing.ts();
            suppression = firing.suppression();
            because.putAll(Evidence.terms(firing));
            begin(Evidence.since(firing), at);
        }

        Entry(HealOrder order, long at) {
            traceId = order.traceId();
            rule = order.plan().rule();
            pack = order.plan().pack();
            entity = order.entity();
            subject = order.subject();
            severity = order.severity();
            mode = order.mode();
            firedAt = order.firedAt();
            suppression = Firing.NO_SUPPRESSION;
            because.putAll(order.because());
            begin(firedAt, at);
        }

        private void begin(long since, long at) {
            stages.put(StageName.DETECT, new Stage(StageName.DETECT, since, OptionalLong.of(firedAt), ""));
            stages.put(StageName.DECIDE,
                    new Stage(StageName.DECIDE, firedAt, OptionalLong.of(Math.max(firedAt, at)), mode.label()));
        }

        void happened(HealEvent event) {
            switch (event) {
                case HealEvent.Submitted _,HealEvent.WaitStarted _,HealEvent.StepEnded _ -> {
                    // What a step comes to shows in its attempts and in the stage.
                }
                case HealEvent.Resumed resumed -> say("resumed: " + resumed.how());
                case HealEvent.Claimed _ -> {
                    // Only a claim that was refused is worth a line.
                }
                case HealEvent.ClaimHeld held -> say("held: " + held.by());
                case HealEvent.PhaseStarted started -> {
                    if (started.phase() == Phase.THEN) {
                        open(StageName.EXECUTE, started.at());
                    }
                }
                case HealEvent.PhaseEnded ended -> {
                    if (ended.phase() == Phase.THEN) {
                        close(StageName.EXECUTE, ended.at(), ended.good() ? "" : "failed");
                    }
                }
                case HealEvent.Checked checked -> say("check: " + checked.answer());
                case HealEvent.AttemptStarted a -> attempts.put(a.actionId(),
                        new HealView.Attempt(a.actionId(), a.phase().name().toLowerCase(Locale.ROOT), a.step(),
                                a.doing(), a.driver(), a.target(), a.attempt(), a.at(), OptionalLong.empty(), "", ""));
                case HealEvent.Output said -> say(said.line().text());
                case HealEvent.AttemptEnded ended -> attempts.computeIfPresent(ended.actionId(),
                        (_, a) -> new HealView.Attempt(a.actionId(), a.phase(), a.step(), a.doing(), a.driver(),
                                a.target(), a.number(), a.start(), OptionalLong.of(ended.at()),
                                Outcomes.word(ended.outcome()), Outcomes.message(ended.outcome())));
                case HealEvent.VerifyStarted started -> open(StageName.VERIFY, started.at());
                case HealEvent.VerifyEnded ended ->
                    close(StageName.VERIFY, ended.at(), ended.truth().name().toLowerCase(Locale.ROOT));
                case HealEvent.Ended ended -> {
                    result = Optional.of(ended.result());
                    because.putAll(ended.because());
                    stages.keySet().stream().toList().forEach(s -> close(s, ended.at(), ""));
                }
            }
        }

        private void open(StageName name, long at) {
            stages.putIfAbsent(name, new Stage(name, at, OptionalLong.empty(), ""));
        }

        private void close(StageName name, long at, String note) {
            stages.computeIfPresent(name,
                    (_, s) -> s.end().isPresent() ? s : new Stage(name, s.start(), OptionalLong.of(at), note));
        }

        private void say(String line) {
            if (output.size() == OUTPUT_LINES) {
                output.removeFirst();
            }
            output.addLast(line);
        }

        HealView view() {
            return new HealView(traceId, rule, pack, entity, subject, severity, mode, firedAt, result, suppression,
                    new ArrayList<>(stages.values()), new ArrayList<>(attempts.values()), new ArrayList<>(output),
                    because);
        }
    }

    /** Outcomes in one word and one sentence. */
    static final class Outcomes {
        private Outcomes() {}

        static String word(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Succeeded _ -> "succeeded";
                case Outcome.Failed _ -> "failed";
                case Outcome.TimedOut _ -> "timed_out";
                case Outcome.Refused _ -> "refused";
                case Outcome.Unknown _ -> "unknown";
            };
        }

        static String message(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Succeeded _ -> "";
                case Outcome.Failed(var code, String message) -> code.code() + " " + message;
                case Outcome.TimedOut(String message) -> message;
                case Outcome.Refused(var code, String message) -> code.code() + " " + message;
                case Outcome.Unknown(String message) -> message;
            };
        }
    }
}
