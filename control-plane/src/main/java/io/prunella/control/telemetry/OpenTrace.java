package io.prunella.control.telemetry;

import io.prunella.control.loop.Evidence;
import io.prunella.control.loop.LoopEvent;
import io.prunella.control.telemetry.HealTrace.TraceSpan;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import io.prunella.ruler.Firing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The spans of a heal that has not ended: its four stages and every attempt. */
final class OpenTrace {
    private static final String DETECTOR = "detector";
    private static final String POLICY = "policy-engine";
    private static final String EXECUTOR = "executor";
    private static final String CHECKER = "health-checker";

    private final String traceId;
    private final long shift;
    private final Map<String, String> common = new LinkedHashMap<>();
    private final List<TraceSpan> spans = new ArrayList<>();
    private final Map<String, HealEvent.AttemptStarted> attempts = new HashMap<>();
    private final String root;
    private final long since;
    private final long firedAt;
    private long rollbackStart = -1;
    private long verifyStart = -1;
    private String verifies = "";

    private OpenTrace(String traceId, long since, long firedAt, long shift) {
        this.traceId = traceId;
        this.since = since;
        this.firedAt = firedAt;
        this.shift = shift;
        root = id("root");
    }

    static OpenTrace of(LoopEvent.Fired fired, long shift) {
        Firing firing = fired.firing();
        OpenTrace trace = new OpenTrace(firing.traceId(), Evidence.since(firing), firing.ts(), shift);
        trace.about(firing.rule(), firing.healOrder().map(o -> o.plan().pack()).orElse(firing.pack()),
                firing.entity(), firing.healOrder().map(HealOrder::labels).orElse(Map.of()));
        trace.detected(Evidence.terms(firing), fired.at(), firing.mode().label(), firing.suppression());
        return trace;
    }

    static OpenTrace of(HealEvent.Resumed resumed, long shift) {
        HealOrder order = resumed.order();
        OpenTrace trace = new OpenTrace(order.traceId(), order.firedAt(), order.firedAt(), shift);
        trace.about(order.plan().rule(), order.plan().pack(), order.entity(), order.labels());
        trace.common.put("prunella.resumed", resumed.how());
        trace.detected(order.because(), order.firedAt(), order.mode().label(), Firing.NO_SUPPRESSION);
        return trace;
    }

    private void about(String rule, String pack, String entity, Map<String, String> labels) {
        common.put("trace_id", traceId);
        common.put("rule", rule);
        common.put("pack", pack);
        common.put("entity", entity);
        for (String label : List.of("business_unit", "slo_tier")) {
            if (labels.containsKey(label)) {
                common.put(label, labels.get(label));
            }
        }
    }

    private void detected(Map<String, String> because, long decided, String mode, String suppression) {
        Map<String, String> evidence = new LinkedHashMap<>();
        because.forEach((term, value) -> evidence.put("because." + term, value));
        add(id("anomaly"), root, "detect.anomaly", DETECTOR, since, firedAt, Optional.empty(), evidence);
        add(id("decide"), root, "decide.remediation-plan", POLICY, firedAt, decided, Optional.empty(),
                Map.of("mode", mode, "suppression", suppression));
    }

    void happened(HealEvent event) {
        switch (event) {
            case HealEvent.AttemptStarted started -> attempts.put(started.actionId(), started);
            case HealEvent.AttemptEnded ended -> {
                HealEvent.AttemptStarted started = attempts.remove(ended.actionId());
                if (started != null) {
                    attempt(started, ended.at(), failure(ended.outcome()), word(ended.outcome()));
                }
            }
            case HealEvent.PhaseStarted(String _, long at, Phase phase) -> {
                if (phase == Phase.ROLLBACK) {
                    rollbackStart = at;
                }
            }
            case HealEvent.PhaseEnded(String _, long at, Phase phase, boolean good) -> {
                if (phase == Phase.ROLLBACK && rollbackStart >= 0) {
                    rollback(at, good ? Optional.empty() : Optional.of("rollback failed"));
                }
            }
            case HealEvent.VerifyStarted started -> {
                verifyStart = started.at();
                verifies = started.condition().text();
            }
            case HealEvent.VerifyEnded ended -> verified(ended.at(), ended.truth());
            case HealEvent.Submitted _,HealEvent.Resumed _,HealEvent.Claimed _,HealEvent.ClaimHeld _,HealEvent.Checked _,HealEvent.Output _,HealEvent.WaitStarted _,HealEvent.StepEnded _,HealEvent.Ended _ -> {
                // No span begins or ends with these.
            }
        }
    }

    private void attempt(HealEvent.AttemptStarted a, long end, Optional<String> error, String outcome) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("action_id", a.actionId());
        about.put("step", a.step());
        about.put("driver", a.driver());
        about.put("target", a.target());
        about.put("attempt", Integer.toString(a.attempt()));
        about.put("phase", a.phase().name().toLowerCase(Locale.ROOT));
        about.put("outcome", outcome);
        boolean undoes = a.phase() == Phase.ROLLBACK && !isNotify(a);
        String name = isNotify(a)
                ? "notify." + a.driver()
                : (undoes ? "rollback." : "execute.") + a.doing();
        add(a.actionId(), undoes ? id("rollback") : root, name, EXECUTOR, a.at(), end, error, about);
    }

    private static boolean isNotify(HealEvent.AttemptStarted a) {
        return a.doing().equals("notify");
    }

    private void rollback(long end, Optional<String> error) {
        add(id("rollback"), root, "execute.rollback", EXECUTOR, rollbackStart, end, error, Map.of());
        rollbackStart = -1;
    }

    private void verified(long at, Truth truth) {
        if (verifyStart >= 0) {
            add(id("verify"), root, "verify.post-recovery", CHECKER, verifyStart, at,
                    truth == Truth.TRUE
                            ? Optional.empty()
                            : Optional.of("condition was " + truth.name().toLowerCase(Locale.ROOT)),
                    Map.of("condition", verifies, "truth", truth.name().toLowerCase(Locale.ROOT)));
            verifyStart = -1;
        }
    }

    /** A firing that nothing follows. */
    HealTrace skipped(long at, HealResult result) {
        return finish(at, result, Map.of());
    }

    HealTrace ended(HealEvent.Ended ended) {
        attempts.values().forEach(a -> attempt(a, ended.at(), Optional.of("it never ended"), "unknown"));
        if (rollbackStart >= 0) {
            rollback(ended.at(), Optional.of("interrupted"));
        }
        verified(ended.at(), Truth.UNKNOWN);
        return finish(ended.at(), ended.result(), ended.because());
    }

    private HealTrace finish(long at, HealResult result, Map<String, String> because) {
        Map<String, String> attributes = new LinkedHashMap<>(common);
        attributes.put("result", result.name());
        because.forEach((what, why) -> attributes.put("because." + what, why));
        long end = Math.max(at, spans.stream().mapToLong(s -> s.end() - shift).max().orElse(at));
        List<TraceSpan> all = new ArrayList<>();
        all.add(new TraceSpan(root, Optional.empty(), "self-healing.detect", DETECTOR, since + shift, end + shift,
                bad(result) ? Optional.of(result.name()) : Optional.empty(), attributes));
        // Parents before children: a rollback's span ends after those below it.
        spans.stream().filter(s -> s.parent().orElseThrow().equals(root)).forEach(all::add);
        spans.stream().filter(s -> !s.parent().orElseThrow().equals(root)).forEach(all::add);
        return new HealTrace(traceId, all);
    }

    private static boolean bad(HealResult result) {
        return switch (result) {
            case HEALED, SUCCEEDED, DRY_RUN, REJECTED, SKIPPED_SUPPRESSED, SKIPPED_GUARD, SKIPPED_COOLDOWN,
                    SKIPPED_LIMIT, SKIPPED_LOCKED, SKIPPED_BLIND, SKIPPED_PAUSED, SKIPPED_UNCHANGED ->
                false;
            case UNVERIFIED, VERIFY_FAILED, ROLLED_BACK, ROLLBACK_FAILED, FAILED, TIMED_OUT, INTERRUPTED, EXPIRED ->
                true;
        };
    }

    private void add(String id, String parent, String name, String service, long start, long end,
            Optional<String> error, Map<String, String> own) {
        Map<String, String> attributes = new LinkedHashMap<>(common);
        attributes.putAll(own);
        spans.add(new TraceSpan(id, Optional.of(parent), name, service, start + shift, Math.max(start, end) + shift,
                error, attributes));
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

    private static Optional<String> failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> Optional.empty();
            case Outcome.Failed(var code, String message) -> Optional.of(code.code() + " " + message);
            case Outcome.TimedOut(String message) -> Optional.of("timed out: " + message);
            case Outcome.Refused(var code, String message) -> Optional.of(code.code() + " " + message);
            case Outcome.Unknown(String message) -> Optional.of("unknown: " + message);
        };
    }

    /** Span ids are derived, so that a trace that is sent twice is one trace. */
    private String id(String of) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((traceId + "/" + of).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
