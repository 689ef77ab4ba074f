package io.prunella.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.dsl.diagnostic.Severity;
import io.prunella.ruler.simulation.RecordingInput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Packs and recordings from texts. */
final class Packs {
    private Packs() {}

    static PackModel of(String text) {
        Compilation compiled = Compiler
                .compile(PackSource.ofText("pack.dl", text.getBytes(StandardCharsets.UTF_8)));
        assertThat(compiled.diagnostics()).filteredOn(d -> d.severity() == Severity.ERROR).isEmpty();
        return compiled.orThrow();
    }

    static RecordingInput recording(String... lines) {
        return new RecordingInput("test.jsonl",
                new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
    }

    static String sample(long ts, String metric, double value) {
        return "{\"ts\":" + ts + ",\"entity\":\"node-1\",\"metric\":\"" + metric + "\",\"value\":" + value + "}";
    }

    static String event(long ts, String type) {
        return "{\"ts\":" + ts + ",\"entity\":\"node-1\",\"event\":\"" + type + "\",\"id\":\"e" + ts + "\"}";
    }

    static String tick(long ts) {
        return "{\"ts\":" + ts + ",\"tick\":true}";
    }
}
