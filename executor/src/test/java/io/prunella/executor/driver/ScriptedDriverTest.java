package io.prunella.executor.driver;

import io.prunella.executor.run.Plans;
import io.prunella.executor.schedule.VirtualTimers;
import java.util.List;
import java.util.Map;

class ScriptedDriverTest extends ActionDriverSuite {
    private final VirtualTimers timers = new VirtualTimers(0);
    private int effects;
    private final ScriptedDriver driver = new ScriptedDriver(timers, attempt -> {
        effects++;
        return switch (attempt.action().name()) {
            case "fail" -> ScriptedDriver.Play.ends(new Outcome.Failed(FailureCode.ACTION_FAILED, "as scripted"), 5);
            case "hang" -> ScriptedDriver.Play.hangs();
            default -> ScriptedDriver.Play.ends(new Outcome.Succeeded(Map.of()), 40_000);
        };
    });

    @Override
    ActionDriver driver() {
        return driver;
    }

    private static Attempt named(String name) {
        return attempt(Plans.action(name, true, "scripted"), Map.of(), "node-1");
    }

    @Override
    Attempt succeeding() {
        return named("succeed");
    }

    @Override
    Attempt failing() {
        return named("fail");
    }

    @Override
    Attempt hanging() {
        return named("hang");
    }

    @Override
    List<Attempt> impossible() {
        return List.of();
    }

    @Override
    void await(Heard heard) {
        while (heard.outcomes().isEmpty()) {
            timers.advanceTo(timers.nextDue().orElseThrow());
        }
    }

    @Override
    int effects() {
        return effects;
    }
}
