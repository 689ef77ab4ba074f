package io.prunella.bench.peer;

import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Workload;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import java.nio.charset.StandardCharsets;

/** Rules as the product's compiler makes them of text. */
final class Packs {
    private Packs() {}

    static PackModel compiled(Rules rules) {
        return Compiler.compile(PackSource.ofText("bench.dl", rules.text().getBytes(StandardCharsets.UTF_8)))
                .orThrow();
    }

    /** Whether this version of Prunella executes what the workload asks for. */
    static boolean compiles(Workload workload) {
        byte[] text = new Rules(workload, 1).text().getBytes(StandardCharsets.UTF_8);
        return Compiler.compile(PackSource.ofText("bench.dl", text)).pack().isPresent();
    }
}
