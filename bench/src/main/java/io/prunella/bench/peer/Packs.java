package io.prunella.bench.peer;

import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Workload;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import java.nio.charset.StandardCharsets;

/** Rules as the product's compiler makes them of text. */
public final class Packs {
    private Packs() {}

    /** A pack of the workload's rules. */
    public static PackModel compiled(Rules rules) {
        return compiled(rules.text());
    }

    /** The same pack, with the severity of one rule changed. */
    public static PackModel compiled(Rules rules, int changed, String severity) {
        String header = "rule r" + changed + "\n";
        return compiled(rules.text().replace(header, header + "  severity: " + severity + "\n"));
    }

    private static PackModel compiled(String text) {
        return Compiler.compile(PackSource.ofText("bench.dl", text.getBytes(StandardCharsets.UTF_8))).orThrow();
    }

    /** Whether this version of Prunella executes what the workload asks for. */
    static boolean compiles(Workload workload) {
        byte[] text = new Rules(workload, 1).text().getBytes(StandardCharsets.UTF_8);
        return Compiler.compile(PackSource.ofText("bench.dl", text)).pack().isPresent();
    }
}
