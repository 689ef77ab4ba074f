package io.prunella.control.serve;

import io.prunella.control.loop.LoopEvent;
import io.prunella.executor.run.HealEvent;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Observation;
import io.prunella.ruler.ReloadReport;
import io.prunella.ruler.Scalar;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Writes what happens onto the bus, in the words that clients read. */
final class BusFeed implements Consumer<LoopEvent> {
    private final EventBus bus;

    BusFeed(EventBus bus) {
        this.bus = bus;
    }

    /** An event that came in. */
    void seen(Observation.EventSeen event) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("ts", Stamp.text(event.ts()));
        one.put("entity", event.entity());
        one.put("event", event.type());
        one.put("id", event.id().orElse(null));
        one.put("state", event.resolved() ? "resolved" : "open");
        Map<String, Object> attributes = new LinkedHashMap<>();
        event.attributes().forEach((name, value) -> attributes.put(name, plain(value)));
        one.put("attrs", attributes);
        one.put("labels", event.labels());
        bus.publish("event", Json.line(one));
    }

    private static Object plain(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text text -> text.value();
            case Scalar.Quantity quantity -> quantity.value();
            case Scalar.Flag flag -> flag.value();
        };
    }

    /** What became of a change in the folder of packs. */
    void changed(PackWatcher.Change change, long at) {
        switch (change) {
            case PackWatcher.Loaded loaded -> {
                Map<String, Object> one = reload(at, loaded.report());
                one.put("packs", loaded.packs().stream().map(PackWatcher::json).toList());
                bus.publish("reload", Json.line(one));
            }
            case PackWatcher.Turned turned -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("ts", Stamp.text(at));
                one.put("pack", PackWatcher.json(turned.pack()));
                bus.publish("pack_refused", Json.line(one));
            }
            case PackWatcher.Folder folder -> {
                if (!folder.cause().isEmpty()) {
                    problem(at, folder.cause());
                }
            }
        }
    }

    private static Map<String, Object> reload(long at, ReloadReport report) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("ts", Stamp.text(at));
        one.put("kept", report.kept());
        one.put("armed_anew", report.armedAnew());
        one.put("gone", report.gone());
        return one;
    }

    private void problem(long at, String message) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("ts", Stamp.text(at));
        one.put("message", message);
        bus.publish("problem", Json.line(one));
    }

    @Override
    public void accept(LoopEvent event) {
        switch (event) {
            case LoopEvent.Fired fired -> bus.publish("firing", Json.line(firing(fired.at(), fired.firing())));
            case LoopEvent.Heal heal -> bus.publish("heal", Json.line(heal(heal.event())));
            // The watcher, which loads, tells more of it.
            case LoopEvent.Reloaded _ -> {
                return;
            }
            case LoopEvent.Problem problem -> problem(problem.at(), problem.message());
        }
    }

    private static Map<String, Object> firing(long at, Firing firing) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("at", Stamp.text(at));
        one.put("ts", Stamp.text(firing.ts()));
        one.put("pack", firing.pack());
        one.put("rule", firing.rule());
        one.put("entity", firing.entity());
        one.put("subject", firing.subject());
        one.put("severity", firing.severity());
        one.put("mode", firing.mode().label());
        one.put("skipped", firing.skipped().map(Enum::name).orElse(null));
        one.put("suppression", firing.suppression());
        one.put("trace_id", firing.traceId());
        Map<String, Object> because = new LinkedHashMap<>();
        firing.because().forEach(b -> because.put(b.term(), plain(b.value())));
        one.put("because", because);
        return one;
    }

    private static Map<String, Object> heal(HealEvent event) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("at", Stamp.text(event.at()));
        one.put("trace_id", event.traceId());
        one.put("stage", stage(event));
        one.put("what", snake(event));
        switch (event) {
            case HealEvent.Submitted e -> {
                one.put("rule", e.order().plan().rule());
                one.put("entity", e.order().entity());
            }
            case HealEvent.Resumed e -> {
                one.put("rule", e.order().plan().rule());
                one.put("entity", e.order().entity());
                one.put("how", e.how());
            }
            case HealEvent.Claimed e -> one.put("target", e.target());
            case HealEvent.ClaimHeld e -> one.put("by", e.by().describe());
            case HealEvent.PhaseStarted e -> one.put("phase", lower(e.phase()));
            case HealEvent.PhaseEnded e -> {
                one.put("phase", lower(e.phase()));
                one.put("good", e.good());
            }
            case HealEvent.Checked e -> {
                one.put("action_id", e.actionId());
                one.put("step", e.step());
            }
            case HealEvent.AttemptStarted e -> {
                one.put("action_id", e.actionId());
                one.put("phase", lower(e.phase()));
                one.put("step", e.step());
                one.put("doing", e.doing());
                one.put("driver", e.driver());
                one.put("target", e.target());
                one.put("attempt", e.attempt());
            }
            case HealEvent.Output e -> {
                one.put("action_id", e.actionId());
                one.put("step", e.step());
                one.put("line", e.line().text());
            }
            case HealEvent.AttemptEnded e -> {
                one.put("action_id", e.actionId());
                one.put("phase", lower(e.phase()));
                one.put("step", e.step());
                one.put("outcome", snake(e.outcome()));
            }
            case HealEvent.WaitStarted e -> {
                one.put("step", e.step());
                one.put("until", Stamp.text(e.until()));
            }
            case HealEvent.StepEnded e -> {
                one.put("phase", lower(e.phase()));
                one.put("step", e.step());
                one.put("result", lower(e.result()));
                one.put("because", e.because());
            }
            case HealEvent.VerifyStarted e -> one.put("deadline", Stamp.text(e.deadline()));
            case HealEvent.VerifyEnded e -> one.put("truth", lower(e.truth()));
            case HealEvent.Ended e -> {
                one.put("result", e.result().name());
                one.put("because", e.because());
            }
        }
        return one;
    }

    private static String stage(HealEvent event) {
        return switch (event) {
            case HealEvent.Submitted _,HealEvent.Claimed _,HealEvent.ClaimHeld _ -> "decide";
            case HealEvent.VerifyStarted _,HealEvent.VerifyEnded _ -> "verify";
            case HealEvent.Resumed _,HealEvent.PhaseStarted _,HealEvent.PhaseEnded _,HealEvent.Checked _,HealEvent.AttemptStarted _,HealEvent.Output _,HealEvent.AttemptEnded _,HealEvent.WaitStarted _,HealEvent.StepEnded _ ->
                "execute";
            case HealEvent.Ended _ -> "end";
        };
    }

    /** The kind of event as one word, e.g. {@code attempt_started}. */
    private static String snake(Object event) {
        return event.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
