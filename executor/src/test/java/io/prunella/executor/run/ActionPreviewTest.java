package io.prunella.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.driver.CommandDriver;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.ProcessSettings;
import io.prunella.executor.schedule.LiveTimers;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActionPreviewTest {
    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    @Test
    void showsTheCommandWithEverythingLookedUp() {
        var written = new Value.Items(List.of(new Value.Text(Template.literal("echo")),
                new Value.Text(new Template(List.of(Plans.text("on "), Plans.lookup("entity"), Plans.text(" for "),
                        Plans.lookup("wait"))))));
        var plain = Plans.action("greet", true, Map.of("argv", written), "", "ipmi", "command");
        var action = new ActionSpec(plain.name(),
                List.of(new ActionSpec.Parameter("wait", "duration", Optional.of(new Value.Duration(90_000)))),
                plain.uses(), plain.properties(), plain.check(), true, false, List.of(), List.of(), Optional.empty(),
                List.of(), Map.of(), plain.sandbox(), "greet", "");
        try (var timers = new LiveTimers(InstantSource.system())) {
            var drivers = Drivers
                    .of(new CommandDriver(ProcessSettings.of(System.getenv(), timers, Runnable::run)));
            var preview = new ActionPreview(drivers);
            assertThat(preview.of(TRACE, action, "node-1", Map.of(), 1_000).commands())
                    .containsExactly(List.of("echo", "on node-1 for 1m30s"));
            assertThat(preview.of(TRACE, action, "node-1", Map.of("wait", new Value.Duration(5_000)), 1_000).commands())
                    .containsExactly(List.of("echo", "on node-1 for 5s"));
        }
    }

    @Test
    void saysWhyThereIsNothingToShow() {
        var preview = new ActionPreview(Drivers.of());
        assertThat(preview.of(TRACE, Plans.action("power", true, "ipmi"), "node-1", Map.of(), 1_000).refusal())
                .contains(new Outcome.Refused(FailureCode.NOT_AVAILABLE,
                        "the driver `ipmi` of action `power` is not available yet"));
        assertThat(preview.of(TRACE, Plans.action("power", true, "ipmi"), " ", Map.of(), 1_000).refusal())
                .hasValueSatisfying(why -> assertThat(why.code()).isEqualTo(FailureCode.BAD_TARGET));
    }
}
