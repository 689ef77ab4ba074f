package io.prunella.ruler.topology;

import io.prunella.ruler.topology.Topology.Entity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads what {@code ansible-inventory --list} prints: each host is a node, each group stands above its hosts and its
 * child groups as {@code group/NAME}. Of a host's variables only {@code prunella_labels}, {@code rack} and {@code zone}
 * are taken, as labels: among the others there may be secrets, and labels are printed and journaled.
 */
final class AnsibleInventory {
    private static final String META = "_meta";
    /** Groups that say nothing: everybody is in the one, and whoever is in no other in the other. */
    private static final Set<String> GROUPS_OF_ALL = Set.of("all", "ungrouped");
    private static final String LABELS = "prunella_labels";
    private static final Set<String> PLAIN_LABELS = Set.of("rack", "zone");

    private final Map<String, Set<String>> parents = new TreeMap<>();
    private final Set<String> hosts = new TreeSet<>();
    private final Map<String, Map<String, String>> labels = new TreeMap<>();

    private AnsibleInventory() {}

    /** Whether a file is one; no topology file of our own has such a key. */
    static boolean is(MappingNode root) {
        return TopologyReader.field(root, META) instanceof MappingNode meta
                && TopologyReader.field(meta, "hostvars") != null;
    }

    static List<Entity> read(MappingNode root) {
        AnsibleInventory inventory = new AnsibleInventory();
        if (TopologyReader.field(root, META) instanceof MappingNode meta
                && TopologyReader.field(meta, "hostvars") instanceof MappingNode variables) {
            variables.getValue().forEach(inventory::variables);
        }
        for (NodeTuple group : root.getValue()) {
            if (group.getValueNode() instanceof MappingNode of) {
                inventory.group(TopologyReader.text(group.getKeyNode()), of);
            }
        }
        return inventory.entities();
    }

    private void variables(NodeTuple host) {
        String name = TopologyReader.text(host.getKeyNode());
        hosts.add(name);
        Map<String, String> own = labels.computeIfAbsent(name, _ -> new LinkedHashMap<>());
        if (host.getValueNode() instanceof MappingNode variables) {
            for (NodeTuple variable : variables.getValue()) {
                String variableName = TopologyReader.text(variable.getKeyNode());
                if (PLAIN_LABELS.contains(variableName) && variable.getValueNode() instanceof ScalarNode value) {
                    own.put(variableName, value.getValue());
                } else if (variableName.equals(LABELS) && variable.getValueNode() instanceof MappingNode given) {
                    given.getValue().forEach(label -> own.put(TopologyReader.text(label.getKeyNode()),
                            TopologyReader.text(label.getValueNode())));
                }
            }
        }
    }

    private void group(String name, MappingNode of) {
        boolean meansNothing = GROUPS_OF_ALL.contains(name);
        for (String host : list(of, "hosts")) {
            hosts.add(host);
            if (!meansNothing) {
                above(host, name);
            }
        }
        if (!meansNothing && !name.equals(META)) {
            parents.computeIfAbsent(group(name), _ -> new LinkedHashSet<>());
            list(of, "children").forEach(child -> above(group(child), name));
        }
    }

    private void above(String child, String group) {
        parents.computeIfAbsent(child, _ -> new LinkedHashSet<>()).add(group(group));
    }

    private List<Entity> entities() {
        List<Entity> entities = new ArrayList<>();
        for (String host : hosts) {
            entities.add(new Entity(host, labels.getOrDefault(host, Map.of()),
                    List.copyOf(parents.getOrDefault(host, Set.of()))));
        }
        parents.forEach((child, above) -> {
            if (!hosts.contains(child)) {
                entities.add(new Entity(child, Map.of(), List.copyOf(above)));
            }
        });
        return entities;
    }

    private static String group(String name) {
        return "group/" + name;
    }

    private static List<String> list(MappingNode of, String field) {
        return TopologyReader.field(of, field) instanceof SequenceNode list
                ? list.getValue().stream().map(TopologyReader::text).toList()
                : List.of();
    }
}
