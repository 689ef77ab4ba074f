package io.prunella.control.loop;

import io.prunella.executor.run.Conditions.Request;
import io.prunella.executor.schedule.Timers;
import io.prunella.plan.Truth;
import io.prunella.ruler.Observation.ProbeAnswer;
import io.prunella.ruler.ProbeQuestion;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.Watch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that heals wait for: the ruler judges them, and their probes are asked while they are open. Only the
 * ruler's owner calls; probes are asked from timers, on any thread.
 */
final class Watching {
    private static final long EVERY_MILLIS = 15_000;
    private static final long LEAST_EVERY_MILLIS = 1_000;

    private final Ruler ruler;
    private final LoopPorts ports;
    private final Consumer<ProbeAnswer> answers;
    // Verifications without a probe, by trace id: only records can decide them.
    private final Map<String, Request> quiet = new HashMap<>();
    private @Nullable Consumer<LoopQuestions.Verdict> verdicts;

    /** @param answers takes what probes answer, on any thread */
    Watching(Ruler ruler, LoopPorts ports, Consumer<ProbeAnswer> answers) {
        this.ruler = ruler;
        this.ports = ports;
        this.answers = answers;
    }

    /** Whether all that a heal waits for is records. */
    boolean leftToRecords(String traceId) {
        return quiet.containsKey(traceId);
    }

    OptionalLong nextDeadline() {
        return quiet.values().stream().mapToLong(Request::deadline).min();
    }

    void begin(Watched watched) {
        Request request = watched.request;
        List<ProbeQuestion> probes = ruler.probes(request.condition(), request.order());
        if (probes.isEmpty() && verifies(request)) {
            quiet.put(request.order().traceId(), request);
        }
        if (!probes.isEmpty()) {
            long every = Math.max(LEAST_EVERY_MILLIS, request.everyMillis().orElse(EVERY_MILLIS));
            ask(watched, probes, every);
        }
        watched.watch = ruler.watch(request.condition(), request.order(), request.newerThan(), request.deadline(),
                truth -> {
                    tell(watched, truth);
                    forget(watched);
                    watched.answer.accept(truth);
                });
        if (watched.over) {
            watched.watch.cancel();
        }
    }

    /** From here on somebody hears what became of each condition. */
    void tell(Consumer<LoopQuestions.Verdict> receiver) {
        verdicts = receiver;
    }

    private void tell(Watched watched, Truth truth) {
        Consumer<LoopQuestions.Verdict> receiver = verdicts;
        Watch watch = watched.watch;
        if (receiver != null && watch != null) {
            Request request = watched.request;
            watch.tree().ifPresent(tree -> receiver.accept(new LoopQuestions.Verdict(request.order().traceId(),
                    ruler.clock(), verifies(request), truth, tree)));
        }
    }

    private static boolean verifies(Request request) {
        return request.order().plan().verify()
                .filter(verify -> verify.condition().equals(request.condition())).isPresent();
    }

    void end(Watched watched) {
        forget(watched);
        if (watched.watch != null) {
            watched.watch.cancel();
        }
    }

    private void forget(Watched watched) {
        watched.over = true;
        quiet.remove(watched.request.order().traceId(), watched.request);
        if (watched.next != null) {
            watched.next.cancel();
        }
    }

    private void ask(Watched watched, List<ProbeQuestion> probes, long every) {
        if (watched.over) {
            return;
        }
        Request request = watched.request;
        for (ProbeQuestion probe : probes) {
            ports.prober().ask(probe, value -> answers.accept(new ProbeAnswer(
                    Math.max(ports.timers().millis(), request.newerThan() + 1), probe.entity(), probe.probe(),
                    value)));
        }
        Timers timers = ports.timers();
        watched.next = timers.schedule(timers.millis() + every, () -> ask(watched, probes, every));
    }

    /** One condition of one heal. */
    static final class Watched {
        private final Request request;
        private final Consumer<Truth> answer;
        private @Nullable Watch watch;
        private volatile Timers.@Nullable Timer next;
        private volatile boolean over;

        Watched(Request request, Consumer<Truth> answer) {
            this.request = request;
            this.answer = answer;
        }
    }
}
