package io.prunella.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyFileTest {
    @TempDir
    Path folder;
    private final FakeHealing healing = new FakeHealing();
    private final Startup startup = new Startup(InstantSource.system());

    @Test
    void aChangedFileIsPutInForceOnceItIsTheSameTwice() throws Exception {
        Path file = Files.writeString(folder.resolve("fleet.yaml"), "node-1: rack/r1\n");
        TopologyFile topology = new TopologyFile(Optional.of(file.toString()), healing, startup);
        topology.load();
        assertThat(healing.topologies).containsExactly(Set.of("node-1"));
        assertThat(stage()).containsEntry("state", "done").containsEntry("cause", "1 in the inventory");
        topology.step();
        Files.writeString(file, "node-1: rack/r1\nnode-2: rack/r1\n");
        topology.step();
        assertThat(healing.topologies).hasSize(1);
        topology.step();
        assertThat(healing.topologies).last().isEqualTo(Set.of("node-1", "node-2"));
    }

    @Test
    void aBadFileReplacesNothingAndSaysWhatIsWrong() throws Exception {
        Path file = Files.writeString(folder.resolve("fleet.yaml"), "node-1: rack/r1\n");
        TopologyFile topology = new TopologyFile(Optional.of(file.toString()), healing, startup);
        topology.load();
        Files.writeString(file, "entities: {node-1: {parent: [rack/r1], lables: {}}}\n");
        topology.step();
        topology.step();
        assertThat(healing.topologies).hasSize(1);
        assertThat(stage()).containsEntry("state", "degraded");
        assertThat(String.valueOf(stage().get("cause"))).contains("unknown key `lables`")
                .endsWith("the one before stays in force");
        Files.delete(file);
        topology.step();
        topology.step();
        assertThat(String.valueOf(stage().get("cause"))).startsWith("no such file");
    }

    @Test
    void aFileThatIsNotThereIsToldAndTakenUpWhenItComes() throws Exception {
        Path file = folder.resolve("fleet.yaml");
        TopologyFile topology = new TopologyFile(Optional.of(file.toString()), healing, startup);
        topology.load();
        assertThat(String.valueOf(stage().get("cause"))).startsWith("no such file").endsWith("there is none in force");
        Files.writeString(file, "node-1: rack/r1\n");
        topology.step();
        topology.step();
        assertThat(stage()).containsEntry("state", "done");
    }

    @Test
    void withoutAFileItSaysWhatThatMeans() {
        TopologyFile topology = new TopologyFile(Optional.empty(), healing, startup);
        topology.load();
        topology.step();
        assertThat(healing.topologies).isEmpty();
        assertThat(String.valueOf(stage().get("cause"))).startsWith("none: set `topology.file`");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> stage() {
        return ((List<Map<String, Object>>) Objects.requireNonNull(startup.report().get("stages"))).stream()
                .filter(stage -> "topology".equals(stage.get("stage"))).findFirst().orElseThrow();
    }
}
