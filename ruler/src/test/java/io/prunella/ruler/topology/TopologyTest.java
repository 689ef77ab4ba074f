package io.prunella.ruler.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is in the inventory and who is above whom, and what is said of files that cannot tell. */
class TopologyTest {
    private static final String FLEET = """
            entities:
              dc/east: {}
              rack/r1: {parents: dc/east, labels: {zone: a}}
              node/node-1: {parents: [rack/r1, switch/s1], labels: {rack: r1, number: 7}}
              node-2: {parent: rack/r1}
              pod/shop/cart-0: {parents: [node-1]}
            """;

    private static Topology topology(String text) {
        TopologyReader.Read read = TopologyReader.read(text);
        assertThat(read.problems()).isEmpty();
        return read.topology().orElseThrow();
    }

    private static List<String> problems(String text) {
        TopologyReader.Read read = TopologyReader.read(text);
        assertThat(read.topology()).isEmpty();
        return read.problems().stream().map(p -> p.place() + ": " + p.message()).toList();
    }

    @Test
    void ansiblesInventoryGivesHostsGroupsAndOnlyTheLabelsMeantForUs() {
        Topology fleet = topology("""
                {"_meta": {"hostvars": {
                   "web-1": {"ansible_host": "10.0.0.1", "db_password": "hunter2", "rack": "r1",
                             "prunella_labels": {"role": "web", "tier": 1}},
                   "web-2": {}, "lone": {"zone": "a"}}},
                 "all": {"children": ["ungrouped", "east"]},
                 "ungrouped": {"hosts": ["lone"]},
                 "east": {"children": ["web"]},
                 "web": {"hosts": ["web-1", "web-2"]}}
                """);
        assertThat(fleet.inventory("node")).containsExactly("lone", "web-1", "web-2");
        assertThat(fleet.ancestors("web-1")).containsExactly("group/web", "group/east");
        assertThat(fleet.ancestors("lone")).isEmpty();
        assertThat(fleet.labels("web-1")).isEqualTo(Map.of("rack", "r1", "role", "web", "tier", "1"));
        assertThat(fleet.labels("lone")).isEqualTo(Map.of("zone", "a"));
    }

    @Test
    void ancestorsComeNearestFirst() {
        Topology fleet = topology(FLEET);
        assertThat(fleet.ancestors("pod/shop/cart-0")).containsExactly("node-1", "rack/r1", "switch/s1", "dc/east");
        assertThat(fleet.isAncestor("dc/east", "pod/shop/cart-0")).isTrue();
        assertThat(fleet.isAncestor("pod/shop/cart-0", "dc/east")).isFalse();
        assertThat(fleet.isAncestor("node-1", "node-1")).isFalse();
        assertThat(fleet.parents("node-1")).containsExactly("rack/r1", "switch/s1");
        assertThat(fleet.children("rack/r1")).containsExactly("node-1", "node-2");
        assertThat(fleet.descendants("dc/east")).containsExactly("rack/r1", "node-1", "node-2", "pod/shop/cart-0");
        assertThat(List.of(fleet.depth("dc/east"), fleet.depth("node-2"), fleet.depth("node-1"))).containsExactly(0, 2,
                1);
    }

    @Test
    void theInventoryIsWhatIsListed() {
        Topology fleet = topology(FLEET);
        assertThat(fleet.inventory("node")).containsExactly("node-1", "node-2");
        assertThat(fleet.inventory("pod")).containsExactly("pod/shop/cart-0");
        assertThat(fleet.contains("switch/s1")).isFalse();
        assertThat(fleet.labels("node-1")).isEqualTo(Map.of("rack", "r1", "number", "7"));
        assertThat(topology("").hasInventory()).isFalse();
    }

    @Test
    void theShortFormAndJsonAreReadAlike() {
        Topology brief = topology("{\"node-1\": [\"rack/r1\"], \"node-2\": \"rack/r1\", \"rack/r1\": null}");
        assertThat(brief.children("rack/r1")).containsExactly("node-1", "node-2");
        assertThat(brief.inventory()).containsExactly("node-1", "node-2", "rack/r1");
        Topology listed = topology("""
                entities:
                  - node-1
                  - name: node-2
                    labels: {rack: r1}
                    parent: node-1
                """);
        assertThat(listed.labels("node-2")).containsEntry("rack", "r1");
        assertThat(listed.parents("node-2")).containsExactly("node-1");
    }

    @Test
    void aCircleIsRefusedByName() {
        assertThat(problems("a: b\nb: c\nc: [d, a]\ne: a\n"))
                .containsExactly("1:1: the topology has a circle: `a` is below `b` is below `c` is below `a`");
        assertThat(problems("a: a\n")).containsExactly("1:1: the topology has a circle: `a` is below `a`");
        StringBuilder circle = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            circle.append("n").append(i).append(": n").append((i + 1) % 50_000).append('\n');
        }
        assertThat(problems(circle.toString())).singleElement().asString().contains("circle");
    }

    @Test
    void aTowerIsRefused() {
        StringBuilder tower = new StringBuilder();
        for (int i = 0; i < 101; i++) {
            tower.append("n").append(i).append(": n").append(i + 1).append('\n');
        }
        assertThat(problems(tower.toString()))
                .containsExactly("1:1: `n0` has more than 100 levels above it in the topology");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThat(problems("""
                entities:
                  a: {parent: [b], label: {x: y}}
                  a: {}
                  b: {labels: {x: [1]}}
                  c: 7
                """)).containsExactly("2:20: unknown key `label`", "3:3: `a` is there twice",
                "4:19: the label `x` is no text", "5:6: `c` takes `parents` and `labels`");
        assertThat(problems("- a")).containsExactly("1:1: the file is no mapping");
        assertThat(problems("a: [b")).singleElement().asString().contains("neither YAML nor JSON");
        assertThat(TopologyReader.read(new byte[]{(byte) 0xff}).problems()).singleElement()
                .extracting(TopologyReader.Problem::message).isEqualTo("not UTF-8");
    }

    @Test
    void aHundredThousandNodesAreLaidOutAtOnce() {
        List<Topology.Entity> all = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            all.add(new Topology.Entity("node-" + i, Map.of(), List.of("rack/" + i / 40)));
            if (i % 40 == 0) {
                all.add(new Topology.Entity("rack/" + i / 40, Map.of(), List.of("row/" + i / 4000)));
            }
        }
        Topology fleet = Topology.of(all).topology().orElseThrow();
        assertThat(fleet.ancestors("node-99999")).containsExactly("rack/2499", "row/24");
        assertThat(fleet.inventory("node")).hasSize(100_000);
    }
}
