package io.prunella.ruler.plain;

import static org.assertj.core.api.Assertions.fail;

import io.prunella.compiler.rule.PackModel;
import io.prunella.plan.HealResult;
import io.prunella.ruler.Firing;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import io.prunella.ruler.topology.Topology;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The fast evaluation fires what the plain one fires, in the same order, on packs and recordings made at random. */
class PlainAgreementTest {

    private static final int RECORDS_SHOWN = 12;

    /** How many packs each try compares: {@code -Dagreement.packs=20} looks longer, each time at others. */
    private static final int PACKS = Integer.getInteger("agreement.packs", 1);

    @Property(tries = 160, shrinking = ShrinkingMode.OFF)
    void fires_what_the_plain_evaluator_fires(@ForAll long seed) throws IOException {
        for (int i = 0; i < PACKS; i++) {
            agree(seed + i);
        }
    }

    private static void agree(long seed) throws IOException {
        RandomPacks random = new RandomPacks(seed);
        PackModel pack = random.pack();
        List<PlainRecord> records = random.records();
        Topology topology = random.topology();

        List<PlainEvaluator.Expected> expected = PlainEvaluator.evaluate(pack, records, topology, OptionalLong.empty());
        List<PlainEvaluator.Expected> fired = simulated(pack, records, topology);

        if (!fired.equals(expected)) {
            fail(difference(expected, fired, pack, records)
                    + "topology: %s%nseed: %d".formatted(listed(topology), seed));
        }
    }

    /** The first line that differs, the rules that it is about, and the records before it. */
    private static String difference(List<PlainEvaluator.Expected> expected, List<PlainEvaluator.Expected> fired,
            PackModel pack, List<PlainRecord> records) {
        int at = 0;
        while (at < expected.size() && at < fired.size() && expected.get(at).equals(fired.get(at))) {
            at++;
        }
        List<PlainEvaluator.Expected> lines = new ArrayList<>();
        expected.stream().skip(at).limit(1).forEach(lines::add);
        fired.stream().skip(at).limit(1).forEach(lines::add);
        long ts = lines.stream().mapToLong(PlainEvaluator.Expected::ts).min().orElseThrow();
        List<PlainRecord> before = PlainWorld.inOrder(records).stream().filter(r -> r.ts() <= ts).toList();
        StringBuilder text = new StringBuilder("firing %d differs%n".formatted(at + 1));
        text.append("plain: ").append(at < expected.size() ? expected.get(at) : "none").append('\n');
        text.append("fast:  ").append(at < fired.size() ? fired.get(at) : "none").append('\n');
        pack.rules().stream().filter(rule -> lines.stream().anyMatch(line -> line.rule().equals(rule.name())))
                .forEach(rule -> text.append(rule).append('\n'));
        text.append("guards: ").append(pack.guards()).append("\nsuppressions: ").append(pack.suppressions());
        text.append("\nlast records until then, of ").append(before.size()).append(":\n");
        return text.append(lines(before.subList(Math.max(0, before.size() - RECORDS_SHOWN), before.size()))).toString();
    }

    private static List<PlainEvaluator.Expected> simulated(PackModel pack, List<PlainRecord> records, Topology topology)
            throws IOException {
        List<Firing> firings = new ArrayList<>();
        var bytes = new ByteArrayInputStream(lines(records).getBytes(StandardCharsets.UTF_8));
        Simulation.run(pack, List.of(new RecordingInput("random", bytes)),
                new SimulationSettings(OptionalLong.empty(), topology),
                firings::add);
        return firings.stream().map(f -> new PlainEvaluator.Expected(f.ts(), f.rule(), f.entity(), f.subject(),
                f.skipped().orElse(HealResult.DRY_RUN).name())).toList();
    }

    private static List<String> listed(Topology topology) {
        return topology.inventory().stream().map(e -> e + topology.parents(e) + topology.labels(e)).toList();
    }

    static String lines(List<PlainRecord> records) {
        StringBuilder text = new StringBuilder();
        records.forEach(r -> text.append(line(r)).append('\n'));
        return text.toString();
    }

    private static String line(PlainRecord record) {
        return switch (record) {
            case PlainRecord.Tick t -> "{\"ts\":%d,\"tick\":true}".formatted(t.ts());
            case PlainRecord.Alert a ->
                "{\"ts\":%d,\"entity\":\"%s\",\"alert\":\"%s\",\"fingerprint\":\"%s\",\"startsAt\":%d%s%s%s}".formatted(
                        a.ts(), a.entity(), a.name(), a.fingerprint(), a.startsAt(),
                        a.endsAt() == Long.MAX_VALUE ? "" : ",\"endsAt\":" + a.endsAt(),
                        a.resolved() ? ",\"state\":\"resolved\"" : "", labels(a.labels()));
            case PlainRecord.Sample s -> "{\"ts\":%d,\"entity\":\"%s\",\"metric\":\"%s\",\"value\":%s%s}".formatted(
                    s.ts(), s.entity(), s.metric(), Double.isNaN(s.value()) ? "\"NaN\"" : s.value(),
                    labels(s.labels()));
            case PlainRecord.Event e -> "{\"ts\":%d,\"entity\":\"%s\",\"event\":\"%s\"%s%s%s%s}".formatted(e.ts(),
                    e.entity(), e.type(), e.id().map(id -> ",\"id\":\"" + id + "\"").orElse(""),
                    e.resolved() ? ",\"state\":\"resolved\"" : "",
                    e.attributes().isEmpty() ? "" : ",\"attrs\":{\"k\":" + e.attributes().get("k") + "}",
                    labels(e.labels()));
        };
    }

    private static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        return ",\"labels\":{" + String.join(",",
                labels.entrySet().stream().map(l -> "\"" + l.getKey() + "\":\"" + l.getValue() + "\"").toList()) + "}";
    }
}
