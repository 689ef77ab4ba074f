package io.prunella.ruler.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.backtest.Backtest;
import io.prunella.ruler.backtest.BacktestReport;
import io.prunella.ruler.backtest.Difference.Kind;
import io.prunella.ruler.backtest.RuleDifference;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** A comparison is fair: told from the other side it is the same story, and a pack never differs from itself. */
class SwappedBacktestTest {

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void what_is_new_one_way_is_gone_the_other_way(@ForAll long seed) throws IOException {
        PackModel a = new RandomPacks(seed).pack();
        PackModel b = new RandomPacks(~seed).pack();
        String records = PlainAgreementTest.lines(new RandomPacks(seed).records());

        BacktestReport there = run(a, b, records);
        BacktestReport back = run(b, a, records);

        assertThat(List.of(there.count(Kind.NEW), there.count(Kind.GONE), there.count(Kind.EARLIER),
                there.count(Kind.LATER), there.count(Kind.CHANGED))).isEqualTo(
                        List.of(back.count(Kind.GONE), back.count(Kind.NEW), back.count(Kind.LATER),
                                back.count(Kind.EARLIER), back.count(Kind.CHANGED)));
        assertThat(there.a()).isEqualTo(back.b());
        for (RuleDifference rule : there.rules()) {
            long pairs = rule.count(Kind.EARLIER) + rule.count(Kind.LATER) + rule.count(Kind.CHANGED);
            assertThat(rule.firingsA()).isGreaterThanOrEqualTo(pairs + rule.count(Kind.GONE));
            assertThat(rule.firingsA() - rule.count(Kind.GONE)).isEqualTo(rule.firingsB() - rule.count(Kind.NEW));
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void a_pack_does_not_differ_from_itself(@ForAll long seed) throws IOException {
        RandomPacks random = new RandomPacks(seed);
        PackModel pack = random.pack();

        assertThat(run(pack, pack, PlainAgreementTest.lines(random.records())).differs()).isFalse();
    }

    private static BacktestReport run(PackModel a, PackModel b, String records) throws IOException {
        return Backtest.run(a, b, () -> List.of(new RecordingInput("random",
                new ByteArrayInputStream(records.getBytes(StandardCharsets.UTF_8)))), SimulationSettings.defaults());
    }
}
