package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each pack fires on its recordings exactly as written beside it. */
class SimulationFixturesTest {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> fires() throws IOException {
        return Fixtures.packs().stream()
                .map(dl -> DynamicTest.dynamicTest(Fixtures.base(dl), () -> compare(golden(dl), run(dl))));
    }

    @Test
    void noFileIsOrphaned() throws IOException {
        Set<String> expected = new HashSet<>();
        for (Path dl : Fixtures.packs()) {
            expected.add(dl.getFileName().toString());
            expected.add(golden(dl).getFileName().toString());
            expected.add(Fixtures.topology(dl).getFileName().toString());
            Fixtures.recordings(dl).forEach(file -> expected.add(file.getFileName().toString()));
        }
        try (Stream<Path> files = Files.list(Fixtures.folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(expected::contains);
        }
    }

    private static Path golden(Path dl) {
        return Fixtures.folder().resolve(Fixtures.base(dl) + ".firings.jsonl");
    }

    /** One line a firing, then what was to be said about the recording. */
    private static String run(Path dl) throws IOException {
        List<String> lines = new ArrayList<>();
        SimulationReport report = Simulation.run(Fixtures.pack(dl), Fixtures.inputs(dl),
                Fixtures.settings(dl), firing -> lines.add(FiringJson.write(firing)));
        report.notices().forEach(notice -> lines.add("# " + notice));
        report.recording().problems().forEach(problem -> lines.add("# " + problem));
        return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    }

    private static void compare(Path golden, String actual) throws IOException {
        if (UPDATE) {
            Files.writeString(golden, actual);
        }
        assertThat(golden).as("a missing golden file is written by -Dgolden.update=true").exists();
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
