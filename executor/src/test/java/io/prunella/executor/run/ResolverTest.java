package io.prunella.executor.run;

import static io.prunella.executor.run.Plans.lookup;
import static io.prunella.executor.run.Plans.plan;
import static io.prunella.executor.run.Plans.template;
import static io.prunella.executor.run.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prunella.executor.driver.Datum;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private final Resolver resolver = new Resolver(plan().order(), "rack/r3",
            Map.of("force", new Datum.Flag(true), "rule", new Datum.Text("a parameter")),
            Map.of("boot", Map.of("boot_id", "b-7")), Optional.of("FAILED"));

    private String find(String root, String... path) throws MissingValue {
        return resolver.text(template(lookup(root, path)));
    }

    @Test
    void looksUpWhatTheLanguageNames() throws MissingValue {
        assertThat(find("entity")).isEqualTo("rack/r3");
        assertThat(find("event", "reason")).isEqualTo("timeout");
        assertThat(find("label", "rack")).isEqualTo("r3");
        assertThat(find("value", "cpu_load")).isEqualTo("0.97");
        assertThat(find("result")).isEqualTo("FAILED");
        assertThat(find("severity")).isEqualTo("critical");
        assertThat(find("trace_id")).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(find("steps", "boot", "boot_id")).isEqualTo("b-7");
        assertThat(find("force")).isEqualTo("true");
    }

    @Test
    void prefersAParameterToAnythingElseOfItsName() throws MissingValue {
        assertThat(find("rule")).isEqualTo("a parameter");
        assertThat(resolver.inside("node-1", Map.of()).text(template(lookup("rule"))))
                .isEqualTo("reboot_unreachable_node");
    }

    @Test
    void doesNotLookIntoWhatItFound() throws MissingValue {
        var plan = plan();
        plan.event = Map.of("reason", "{{ entity }} $(reboot)");
        var evil = new Resolver(plan.order(), "node-1", Map.of(), Map.of(), Optional.empty());
        assertThat(evil.text(template(text("because "), lookup("event", "reason"))))
                .isEqualTo("because {{ entity }} $(reboot)");
    }

    @Test
    void saysWhatIsMissingAndWhy() {
        assertMissing("`event.x` is not known: the event has no attribute `x`, only `reason`", "event", "x");
        assertMissing("`label.zone` is not known: `node-1` has no label `zone`", "label", "zone");
        assertMissing("`value(mem)` is not known: `node-1` had no valid `mem` when the rule fired", "value", "mem");
        assertMissing("`steps.boot.exit` is not known: no earlier step returned it", "steps", "boot", "exit");
        assertMissing("`steps.boot` is not known: no earlier step returned it", "steps", "boot");
        assertMissing("`colour` is not known: there is nothing of that name", "colour");
    }

    private void assertMissing(String why, String root, String... path) {
        assertThatThrownBy(() -> find(root, path)).isInstanceOf(MissingValue.class).hasMessage(why);
    }

    @Test
    void saysThatThereWasNoEventOrResultYet() {
        var plan = plan();
        plan.event = Map.of();
        var early = new Resolver(plan.order(), "node-1", Map.of(), Map.of(), Optional.empty());
        assertThatThrownBy(() -> early.text(template(lookup("event", "x"))))
                .hasMessage("`event.x` is not known: no event fired this heal");
        assertThatThrownBy(() -> early.text(template(lookup("result"))))
                .hasMessage("`result` is not known: the heal has not ended");
    }

    @Test
    void leavesStandingWhatIsMissingWhereThePageMustGoOut() {
        assertThat(resolver.textAtAnyPrice(template(text("a "), lookup("value", "mem"), text(" b "), lookup("colour"),
                text(" c "), lookup("entity")))).isEqualTo("a {{ value(mem) }} b {{ colour }} c rack/r3");
    }

    @Test
    void keepsTheKindOfEveryValue() throws MissingValue {
        assertThat(resolver.datum(new Value.Fields(Map.of("a",
                new Value.Items(List.of(new Value.Quantity(3), new Value.Duration(90_000), new Value.Flag(false),
                        new Value.Reference(new Template.Part.Lookup("value", List.of("cpu_load"))),
                        new Value.Text(Template.literal("x"))))))))
                .isEqualTo(new Datum.Fields(Map.of("a", new Datum.Items(List.of(new Datum.Quantity(3),
                        new Datum.Duration(90_000), new Datum.Flag(false), new Datum.Quantity(0.97),
                        new Datum.Text("x"))))))
                .extracting(Datum::text).isEqualTo("a: 3, 1m30s, false, 0.97, x");
    }
}
