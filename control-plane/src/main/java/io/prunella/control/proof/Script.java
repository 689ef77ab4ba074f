package io.prunella.control.proof;

import io.prunella.dsl.ast.Given;
import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.ScriptedDriver.Play;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What attempts come to in a test: as its {@code stub:} lines say, one outcome an attempt, the last one stays. */
final class Script {
    private static final Play AT_ONCE = Play.ends(new Outcome.Succeeded(Map.of()), 0);
    private final Map<String, List<Given.ScriptedOutcome>> lines = new HashMap<>();
    private final Map<String, Integer> played = new HashMap<>();

    Script(List<Given> given) {
        for (Given line : given) {
            if (line instanceof Given.Scripted scripted) {
                lines.put(scripted.action().text(), scripted.outcomes());
            }
        }
    }

    Play next(Attempt attempt) {
        List<Given.ScriptedOutcome> outcomes = lines.getOrDefault(attempt.action().name(), List.of());
        if (outcomes.isEmpty()) {
            return AT_ONCE;
        }
        int number = played.merge(attempt.action().name(), 1, Integer::sum);
        Given.ScriptedOutcome outcome = outcomes.get(Math.min(number, outcomes.size()) - 1);
        long after = outcome.after().map(d -> d.millis()).orElse(0L);
        return switch (outcome.outcome().text()) {
            case "failed" ->
                Play.ends(new Outcome.Failed(FailureCode.ACTION_FAILED, "as the test's stub says"), after);
            case "unknown" -> Play.ends(new Outcome.Unknown("as the test's stub says"), after);
            case "timed_out" -> outcome.after().isEmpty()
                    ? Play.hangs()
                    : Play.ends(new Outcome.TimedOut("as the test's stub says"), after);
            default -> Play.ends(new Outcome.Succeeded(Map.of()), after);
        };
    }
}
