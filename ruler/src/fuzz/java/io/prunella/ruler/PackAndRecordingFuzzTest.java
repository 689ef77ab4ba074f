package io.prunella.ruler;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any pack is compiled or refused, and what compiles judges any recording, twice alike. */
class PackAndRecordingFuzzTest {
    /** Between the text of the pack and the lines of the recording. */
    private static final String BETWEEN = "\n====\n";

    static Stream<Arguments> fixtures() throws IOException {
        Path folder = Path.of(System.getProperty("prunella.root", ".."), "ruler/src/test/fixtures");
        List<Arguments> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path pack : files.filter(file -> file.toString().endsWith(".dl")).sorted().toList()) {
                Path recording = pack.resolveSibling(pack.getFileName().toString().replaceAll("dl$", "jsonl"));
                if (Files.exists(recording)) {
                    String seed = Files.readString(pack) + BETWEEN + Files.readString(recording);
                    seeds.add(Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        return seeds.stream();
    }

    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"rule ", "on event: ", "when: ", "then: ", "without ", "followed by ", " within 5m", "avg(m, 5m)",
            "limit: ", "suppress: ", "guard ", "until: ", "repeat: 1m", "keep_firing_for: ", " for 30s", "by: rack",
            "count(nodes where ", "absent(m, 5m)", "resolved", "====", "1e309", "NaN", "stale", "value"})
    void any_pack_and_recording(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int at = text.indexOf(BETWEEN);
        String pack = at < 0 ? text : text.substring(0, at);
        String recording = at < 0 ? "" : text.substring(at + BETWEEN.length());
        Compilation compilation = Compiler.compile(PackSource.ofText("any.dl", pack.getBytes(StandardCharsets.UTF_8)));
        if (compilation.pack().isPresent() == compilation.hasErrors()) {
            throw new AssertionError("a pack with errors, or neither");
        }
        // Between a record of 1970 and one of today a schedule has its millions of times, which is no find.
        if (compilation.pack().isPresent() && !pack.contains("schedule")) {
            PackModel compiled = compilation.pack().get();
            if (!firings(compiled, recording).equals(firings(compiled, recording))) {
                throw new AssertionError("fired differently the second time");
            }
        }
    }

    private static List<String> firings(PackModel pack, String recording) throws IOException {
        List<String> firings = new ArrayList<>();
        RecordingInput input = new RecordingInput("any.jsonl",
                new ByteArrayInputStream(recording.getBytes(StandardCharsets.UTF_8)));
        Simulation.run(pack, List.of(input), SimulationSettings.defaults(), firing -> firings.add(firing.toString()));
        return firings;
    }
}
