package io.prunella.control.serve;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.ExplanationJson;
import io.prunella.ruler.explain.ExplanationText;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells why a rule fired or did not: what the observation log holds is run through the pack in force once more, aside,
 * and nothing is executed. One question at a time, since each reads up to a day.
 */
@RestController
final class ExplainController {
    static final Duration REACH = Duration.ofHours(24);
    private static final List<String> PARAMETERS = List.of("rule", "entity", "at", "format", "width");
    private static final int USUAL_WIDTH = 100;

    private final Supplier<List<PackModel>> packs;
    private final Log log;
    private final LongFunction<SimulationSettings> settings;
    private final InstantSource clock;
    private final Semaphore turn = new Semaphore(1);

    /** The files of the observation log that hold what came since an instant. */
    @FunctionalInterface
    interface Log {
        List<Path> since(Instant from) throws IOException;
    }

    /**
     * @param packs in force
     * @param settings with the server's guards and topology; given the instant at which the clock ends
     */
    ExplainController(Supplier<List<PackModel>> packs, Log log, LongFunction<SimulationSettings> settings,
            InstantSource clock) {
        this.packs = packs;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/api/v1/explain")
    ResponseEntity<byte[]> explain(HttpServletRequest request) throws IOException {
        for (String name : request.getParameterMap().keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw bad("`" + name + "` is no parameter", "ask with " + String.join(", ", PARAMETERS));
            }
        }
        String rule = required(request, "rule", "the rule's name");
        String entity = required(request, "entity", "for whom, such as `node-17` or `rack/r3`");
        Instant now = clock.instant();
        long at = parameter(request, "at").map(text -> Moment.parse("at", text, now)).orElse(now.toEpochMilli());
        if (at > now.toEpochMilli()) {
            throw bad("`at` lies in the future", "leave it out for now");
        }
        boolean text = text(parameter(request, "format").orElse("json"));
        int width = parameter(request, "width").map(ExplainController::width).orElse(USUAL_WIDTH);
        List<PackModel> meant = packs.get().stream().filter(pack -> has(pack, rule)).toList();
        if (meant.isEmpty()) {
            List<String> names = packs.get().stream().flatMap(pack -> pack.rules().stream()).map(RuleModel::name)
                    .toList();
            throw unknown("no rule `" + rule + "` is in force",
                    Closest.question(rule, names).orElse("`/api/v1/packs` lists what is in force"));
        }
        if (!turn.tryAcquire()) {
            throw new Refusals.Refused(Problem.of(429, "busy", "Another question is being answered",
                    "each reads the log of a day", "ask again after `Retry-After` seconds").header("Retry-After", "5"));
        }
        try {
            List<Explanation> explanations = new ArrayList<>();
            for (PackModel pack : meant) {
                explanations.addAll(explanations(pack, Question.ofEntity(rule, entity, at)));
            }
            return text ? text(explanations, width) : json(explanations);
        } finally {
            turn.release();
        }
    }

    private static boolean has(PackModel pack, String name) {
        return pack.rules().stream().anyMatch(rule -> rule.name().equals(name))
                || pack.guards().stream().anyMatch(guard -> guard.name().equals(name))
                || pack.suppressions().stream().anyMatch(suppression -> suppression.name().equals(name));
    }

    private List<Explanation> explanations(PackModel pack, Question question) throws IOException {
        List<Path> files = log.since(clock.instant().minus(REACH));
        List<InputStream> streams = new ArrayList<>();
        for (Path file : files) {
            streams.add(Files.newInputStream(file));
        }
        Simulation.Answered answered = Simulation.ask(pack,
                List.of(new RecordingInput("observations", new SequenceInputStream(Collections.enumeration(streams)))),
                settings.apply(question.at()), List.of(question), _ -> {});
        if (answered.last().isEmpty()) {
            throw unknown("the log holds no observation of that instant or earlier", "it is kept for 24 h; explain "
                    + "an older one from a recording: `prunella explain PACK --recording FILE …`");
        }
        return switch (answered.answers().get(question)) {
            case Answer.Explained(List<Explanation> all) -> all;
            case Answer.NoRule other -> throw unknown("`" + other.name() + "` is a "
                    + other.kind().name().toLowerCase(java.util.Locale.ROOT) + ", which fires nothing itself",
                    "ask for a rule that it concerns: " + String.join(", ", other.rules()));
            case Answer.NoSuchSubject none -> throw unknown("no observation up to then names `" + none.asked() + "`",
                    none.nearest().map(near -> "did you mean `" + near + "`?")
                            .orElse("the rule is judged by " + String.join(", ", none.by())));
            case Answer.NoSuchRule none -> throw unknown("no rule `" + none.rule() + "` is in force", "");
            case null -> throw new IllegalStateException("a question without an answer: " + question);
        };
    }

    private static ResponseEntity<byte[]> json(List<Explanation> explanations) {
        String body = explanations.stream().map(ExplanationJson::write)
                .collect(Collectors.joining(",", "{\"explanations\":[", "]}\n"));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> text(List<Explanation> explanations, int width) {
        String body = explanations.stream()
                .map(one -> String.join("\n", ExplanationText.lines(one, width, ExplanationText.Paint.PLAIN)) + "\n")
                .collect(Collectors.joining("\n"));
        return ResponseEntity.ok().contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean text(String format) {
        return switch (format) {
            case "text" -> true;
            case "json" -> false;
            default -> throw bad("`format` is `" + format + "`, which is none", "use json or text");
        };
    }

    private static int width(String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw bad("`width` is `" + text + "`, which is no width", "use a number of columns such as 100");
        }
        return Integer.parseInt(text);
    }

    private static String required(HttpServletRequest request, String name, String what) {
        return parameter(request, name).orElseThrow(() -> bad("`" + name + "` is missing", "say " + what + ", e.g. "
                + "`/api/v1/explain?rule=reboot&entity=node-17&at=2026-11-01T10:00:00Z`"));
    }

    private static Optional<String> parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).filter(value -> !value.isBlank());
    }

    private static Refusals.Refused bad(String detail, String help) {
        return new Refusals.Refused(Problem.of(400, "bad-parameter", "Bad parameter", detail, help));
    }

    private static Refusals.Refused unknown(String detail, String help) {
        return new Refusals.Refused(Problem.of(404, "unknown", "Nothing to explain", detail, help));
    }
}
