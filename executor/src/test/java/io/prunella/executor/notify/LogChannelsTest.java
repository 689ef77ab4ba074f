package io.prunella.executor.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.run.Plans;
import io.prunella.plan.ChannelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogChannelsTest {
    private final List<String> lines = new ArrayList<>();
    private final LogChannels channels = new LogChannels(lines::add);

    private static Message message(String kind, String text) {
        return new Message(new ChannelSpec("oncall", kind, Map.of()), text, Plans.plan().order(), "00aa",
                Optional.of("FAILED"));
    }

    @Test
    void writesOneLineWithTheHealAsFields() {
        assertThat(channels.send(message("log", "help me"))).isInstanceOf(Outcome.Succeeded.class);
        assertThat(lines).containsExactly("notify channel=oncall trace_id=0123456789abcdef0123456789abcdef"
                + " action_id=00aa rule=reboot_unreachable_node entity=node-1 severity=critical result=FAILED"
                + " text=\"help me\"");
    }

    @Test
    void keepsTextFromForgingLinesFieldsOrTerminals() {
        channels.send(message("log", "a\nresult=HEALED \"q\" \\ \u001b[2J\u2028\r\u202eé {}"));
        assertThat(lines).singleElement().asString().endsWith(
                "text=\"a\\nresult=HEALED \\\"q\\\" \\\\ \\u{1b}[2J\\u{2028}\\u{d}\\u{202e}é {}\"")
                .doesNotContain("\n");
    }

    @Test
    void refusesKindsThatItDoesNotHave() {
        assertThat(channels.send(message("telegram", "x"))).isEqualTo(new Outcome.Refused(FailureCode.NOT_AVAILABLE,
                "channels of kind `telegram` are not available yet, so nothing was sent to `oncall`"));
        assertThat(lines).isEmpty();
    }
}
