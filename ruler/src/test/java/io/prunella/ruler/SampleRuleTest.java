package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.HoldOrigin;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SampleRuleTest {

    static PackModel pack() {
        Condition load = new Condition.Compare(
                new ValueTerm.Newest(new SeriesSelector("cpu_load", List.of(), "cpu_load")),
                CompareOp.GT, new ValueTerm.Constant(0.95), Quantifier.ANY, "cpu_load > 95%");
        Condition when = new Condition.Held(load, 30_000, true, HoldOrigin.DURATION);
        Step step = new Step.Execute("reboot_node", Map.of(), new Step.Target.Self(), new Step.StepSettings("then[0]",
                45_000, 2, new Step.Backoff(1000, 2, 30_000), Step.OnFailure.ABORT, Optional.empty()));
        Map<String, Value> outline = new LinkedHashMap<>();
        outline.put("action", new Value.Text(Template.literal("reboot_node")));
        outline.put("timeout", new Value.Duration(45_000));
        outline.put("retry", new Value.Quantity(2));
        RuleModel rule = new RuleModel("health-check-fail", "warning", Map.of(), 0, Optional.empty(),
                new RuleModel.Subject.PerEntity(),
                new RuleModel.Trigger.OnEvent(List.of("node_unreachable"), new Condition.All(List.of()), 300_000), when,
                Optional.empty(), OptionalLong.empty(), List.of(),
                new ExecutionPlan("health-check-fail", "health-check-fail 0.0.0", List.of(step), Optional.empty(),
                        List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of(outline), List.of(), List.of(), "hash");
        return new PackModel("health-check-fail", "0.0.0", "sha256:0", "", List.of(rule),
                Map.of("cpu_load", new MetricModel("cpu_load", Dimension.NUMBER, false, 300_000, false, true)),
                List.of(), List.of());
    }

    @Test
    void firesWhenTheHoldElapsesBetweenTwoRecords() throws IOException {
        String recording = """
                {"ts":"2026-11-01T10:00:00Z","entity":"node-17","metric":"cpu_load","value":0.97,"labels":{"rack":"r3"}}
                {"ts":"2026-11-01T10:00:05Z","entity":"node-17","event":"node_unreachable","id":"e-1","attrs":{"reason":"timeout"},"labels":{"rack":"r3"}}
                {"ts":"2026-11-01T10:00:15Z","entity":"node-17","metric":"cpu_load","value":0.97,"labels":{"rack":"r3"}}
                {"ts":"2026-11-01T10:04:00Z","entity":"node-17","event":"node_unreachable","state":"resolved"}
                {"ts":"2026-11-01T10:05:00Z","tick":true}
                """;
        List<String> lines = new ArrayList<>();
        var report = Simulation.run(pack(), List.of(new RecordingInput("r.jsonl",
                new ByteArrayInputStream(recording.getBytes(StandardCharsets.UTF_8)))), SimulationSettings.defaults(),
                firing -> lines.add(FiringJson.write(firing)));
        assertThat(report.recording().problems()).isEmpty();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().replaceFirst("\"trace_id\":\"[0-9a-f]{32}\"", "\"trace_id\":\"…\"")).isEqualTo(
                "{\"ts\":\"2026-11-01T10:00:30.001Z\",\"rule\":\"health-check-fail\",\"entity\":\"node-17\",\"subject\":{\"entity\":\"node-17\"},\"severity\":\"warning\",\"mode\":\"dry_run\",\"result\":\"DRY_RUN\",\"suppression\":\"no_suppression\",\"trace_id\":\"…\",\"plan\":[{\"action\":\"reboot_node\",\"timeout\":\"45s\",\"retry\":2}],\"because\":{\"cpu_load\":0.97,\"duration\":\"30.001s\",\"event\":\"e-1\"}}");
    }
}
