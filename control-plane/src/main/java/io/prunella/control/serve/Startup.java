package io.prunella.control.serve;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How far the service has come, stage by stage, so that a service that does not get ready says why. Thread-safe. */
final class Startup {
    private final InstantSource clock;
    private final Map<Stage, Progress> stages = new EnumMap<>(Stage.class);
    private boolean stopping;

    /** In the order in which they are passed. */
    enum Stage {
        JOURNAL, OBSERVATION_LOG, HTTP, TOPOLOGY, PACKS, RECOVERY, WATCHING
    }

    /** Of one stage. */
    enum State {
        WAITING, RUNNING, DONE,
        /** It goes on without a part of what it should have. */
        DEGRADED, FAILED
    }

    private record Progress(State state, String cause, Instant since) {}

    Startup(InstantSource clock) {
        this.clock = clock;
        for (Stage stage : Stage.values()) {
            stages.put(stage, new Progress(State.WAITING, "", clock.instant()));
        }
    }

    synchronized void is(Stage stage, State state, String cause) {
        Progress before = stages.get(stage);
        if (before == null || before.state() != state || !before.cause().equals(cause)) {
            stages.put(stage, new Progress(state, cause, clock.instant()));
        }
    }

    /** No more work is taken. */
    synchronized void stop() {
        stopping = true;
    }

    /** Whether observations may come. */
    synchronized boolean ready() {
        return !stopping && stages.values().stream().allMatch(p -> switch (p.state()) {
            case DONE, DEGRADED -> true;
            case WAITING, RUNNING, FAILED -> false;
        });
    }

    /** Why it is not ready, for a refusal. */
    synchronized String cause() {
        if (stopping) {
            return "the service is stopping";
        }
        return stages.entrySet().stream()
                .filter(e -> e.getValue().state() != State.DONE && e.getValue().state() != State.DEGRADED).findFirst()
                .map(e -> "the service is starting: stage `" + name(e.getKey()) + "` is " + name(e.getValue().state())
                        + (e.getValue().cause().isEmpty() ? "" : " (" + e.getValue().cause() + ")"))
                .orElse("");
    }

    /** As {@code /readyz} prints it. */
    synchronized Map<String, Object> report() {
        List<Map<String, Object>> all = new ArrayList<>();
        stages.forEach((stage, progress) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("stage", name(stage));
            one.put("state", name(progress.state()));
            one.put("cause", progress.cause());
            one.put("since", Stamp.text(progress.since()));
            all.add(one);
        });
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("ready", ready());
        report.put("cause", cause());
        report.put("stages", all);
        return report;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
