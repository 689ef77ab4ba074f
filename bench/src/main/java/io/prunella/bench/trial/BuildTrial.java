package io.prunella.bench.trial;

import io.prunella.bench.peer.Packs;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Workload;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import java.util.List;

/** How long it takes until 1,000 rules are in force, in a JVM that has done it before. */
final class BuildTrial {
    private static final int RULES = 1_000;

    private BuildTrial() {}

    static void run(boolean quick) {
        Rules rules = new Rules(Workload.HELD, RULES);
        int times = quick ? 10 : 40;
        double[] compile = new double[times];
        double[] load = new double[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            PackModel pack = Packs.compiled(rules);
            long compiled = System.nanoTime();
            new Ruler(RulerSettings.simulation(_ -> {}), _ -> {}).load(List.of(pack));
            compile[i] = (compiled - began) / 1e6;
            load[i] = (System.nanoTime() - compiled) / 1e6;
        }
        SmallTrials.figure("compiling 1,000 rules from text, warm, ms (median)", SmallTrials.quantile(compile, 0.5));
        SmallTrials.figure("building 1,000 rules: putting them in force, warm, ms (median)",
                SmallTrials.quantile(load, 0.5));
    }
}
