package io.prunella.ruler;

import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.SimulationSettings;
import io.prunella.ruler.topology.Topology;
import io.prunella.ruler.topology.TopologyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Packs with recordings: {@code NAME.dl}, {@code NAME.jsonl} (or {@code NAME.1.jsonl}, …), {@code NAME.firings.jsonl},
 * and {@code NAME.topology.yaml} where there is one.
 */
final class Fixtures {
    private Fixtures() {}

    static Path folder() {
        return Path.of(System.getProperty("prunella.root", ".."), "ruler/src/test/fixtures");
    }

    static List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(f -> f.toString().endsWith(".dl")).sorted().toList();
        }
    }

    static PackModel pack(Path dl) throws IOException {
        return compile(dl.getFileName().toString(), Files.readString(dl));
    }

    static PackModel compile(String name, String text) {
        Compilation compilation = Compiler.compile(PackSource.ofText(name, text.getBytes(StandardCharsets.UTF_8)));
        return compilation.orThrow();
    }

    static String base(Path dl) {
        String name = dl.getFileName().toString();
        return name.substring(0, name.length() - ".dl".length());
    }

    static List<Path> recordings(Path dl) throws IOException {
        List<Path> recordings = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder())) {
            files.filter(f -> f.getFileName().toString()
                    .matches(java.util.regex.Pattern.quote(base(dl)) + "(\\.\\d)?\\.jsonl"))
                    .sorted().forEach(recordings::add);
        }
        return recordings;
    }

    static Path topology(Path dl) {
        return folder().resolve(base(dl) + ".topology.yaml");
    }

    static SimulationSettings settings(Path dl) throws IOException {
        Topology topology = Files.exists(topology(dl))
                ? TopologyReader.read(Files.readAllBytes(topology(dl))).topology().orElseThrow()
                : Topology.EMPTY;
        return new SimulationSettings(OptionalLong.empty(), topology);
    }

    static List<RecordingInput> inputs(Path dl) throws IOException {
        List<RecordingInput> inputs = new ArrayList<>();
        for (Path recording : recordings(dl)) {
            inputs.add(new RecordingInput(recording.getFileName().toString(), open(recording)));
        }
        return inputs;
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
