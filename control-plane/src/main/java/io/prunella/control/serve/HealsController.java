package io.prunella.control.serve;

import io.prunella.control.loop.HealView;
import io.prunella.plan.HealResult;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows heals: what was detected, decided, done and verified. */
@RestController
final class HealsController {
    private static final List<String> PARAMETERS = List.of("rule", "entity", "result", "since");
    private static final String UNDER_WAY = "IN_PROGRESS";

    private final Healing healing;
    private final InstantSource clock;

    HealsController(Healing healing, InstantSource clock) {
        this.healing = healing;
        this.clock = clock;
    }

    @GetMapping("/api/v1/heals")
    ResponseEntity<byte[]> heals(HttpServletRequest request) {
        for (String name : request.getParameterMap().keySet()) {
            // A misspelt filter must not show all heals as if it had been none.
            if (!PARAMETERS.contains(name)) {
                throw bad("`" + name + "` is no filter", "filter by " + String.join(", ", PARAMETERS));
            }
        }
        Optional<String> rule = parameter(request, "rule");
        Optional<String> entity = parameter(request, "entity").map(e -> e.startsWith("node/") ? e.substring(5) : e);
        Optional<String> result = parameter(request, "result").map(HealsController::result);
        long since = parameter(request, "since").map(text -> Moment.parse("since", text, clock.instant()))
                .orElse(Long.MIN_VALUE);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("heals", healing.heals().stream().filter(h -> rule.isEmpty() || rule.get().equals(h.rule()))
                .filter(h -> entity.isEmpty() || entity.get().equals(h.entity()))
                .filter(h -> result.isEmpty() || result.get().equals(resultOf(h))).filter(h -> h.firedAt() >= since)
                .map(HealsController::json).toList());
        return Json.answer(200, answer);
    }

    @GetMapping("/api/v1/heals/{traceId}")
    ResponseEntity<byte[]> heal(@PathVariable String traceId) {
        String bare = traceId.toLowerCase(Locale.ROOT);
        HealView heal = healing.heal(bare.startsWith("0x") ? bare.substring(2) : bare)
                .orElseThrow(() -> new Refusals.Refused(Problem.of(404, "unknown-heal", "Unknown heal",
                        "no heal has the trace id `" + traceId + "`", "`/api/v1/heals` lists those that are known")));
        return Json.answer(200, json(heal));
    }

    private static Optional<String> parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).filter(v -> !v.isBlank());
    }

    private static String result(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        boolean known = upper.equals(UNDER_WAY)
                || Arrays.stream(HealResult.values()).anyMatch(r -> r.name().equals(upper));
        if (!known) {
            throw bad("`result` is `" + text + "`, which is no result",
                    "use " + UNDER_WAY + " or one of " + Arrays.toString(HealResult.values()));
        }
        return upper;
    }

    private static Refusals.Refused bad(String detail, String help) {
        return new Refusals.Refused(Problem.of(400, "bad-parameter", "Bad parameter", detail, help));
    }

    private static String resultOf(HealView heal) {
        return heal.result().map(Enum::name).orElse(UNDER_WAY);
    }

    private static Map<String, Object> json(HealView heal) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("ts", Stamp.text(heal.firedAt()));
        one.put("rule", heal.rule());
        one.put("pack", heal.pack());
        one.put("entity", heal.entity());
        one.put("subject", heal.subject());
        one.put("severity", heal.severity());
        one.put("mode", heal.mode().name().toLowerCase(Locale.ROOT));
        one.put("result", resultOf(heal));
        one.put("suppression", heal.suppression());
        one.put("trace_id", heal.traceId());
        one.put("stages", heal.stages().stream().map(HealsController::stage).toList());
        one.put("attempts", heal.attempts().stream().map(HealsController::attempt).toList());
        one.put("output", heal.output());
        one.put("because", heal.because());
        return one;
    }

    private static Map<String, Object> stage(HealView.Stage stage) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("stage", stage.name().name().toLowerCase(Locale.ROOT));
        one.put("start", Stamp.text(stage.start()));
        one.put("end", stage.end().isPresent() ? Stamp.text(stage.end().getAsLong()) : null);
        one.put("note", stage.note());
        return one;
    }

    private static Map<String, Object> attempt(HealView.Attempt attempt) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("action_id", attempt.actionId());
        one.put("phase", attempt.phase());
        one.put("step", attempt.step());
        one.put("doing", attempt.doing());
        one.put("driver", attempt.driver());
        one.put("target", attempt.target());
        one.put("attempt", attempt.number());
        one.put("start", Stamp.text(attempt.start()));
        one.put("end", attempt.end().isPresent() ? Stamp.text(attempt.end().getAsLong()) : null);
        one.put("outcome", attempt.outcome());
        one.put("message", attempt.message());
        return one;
    }
}
