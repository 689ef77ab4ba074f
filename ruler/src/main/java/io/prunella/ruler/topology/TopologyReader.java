package io.prunella.ruler.topology;

import io.prunella.ruler.topology.Topology.Entity;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a topology file, YAML or JSON, and finds all that is wrong with it in one go.
 *
 * <p>{@code entities:} maps each entity to its {@code parents} and {@code labels}, or lists them with a {@code name}
 * each; a file without it maps each child straight to its parent or parents. What {@code ansible-inventory --list}
 * prints is read, too.
 */
public final class TopologyReader {
    private static final int MOST_CODE_POINTS = 64 << 20;
    private static final String FORM = "write `entities: {node-1: {parents: [rack/r1], labels: {zone: a}}}`, or "
            + "`node-1: [rack/r1]` for a child and its parents";

    private final List<Problem> problems = new ArrayList<>();
    private final List<Entity> entities = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private TopologyReader() {}

    /** The topology, unless there are problems. */
    public record Read(Optional<Topology> topology, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What is wrong.
     *
     * @param place {@code line:column}; {@code 1:1} for what is wrong with the whole
     */
    public record Problem(String place, String message, Optional<String> help) {}

    /** Reads a file's bytes, which are UTF-8. */
    public static Read read(byte[] bytes) {
        try {
            return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException _) {
            return new Read(Optional.empty(), List.of(new Problem("1:1", "not UTF-8", Optional.empty())));
        }
    }

    /** Reads a file's text. */
    public static Read read(String text) {
        TopologyReader reader = new TopologyReader();
        reader.file(text);
        if (!reader.problems.isEmpty()) {
            return new Read(Optional.empty(), reader.problems);
        }
        Topology.Built built = Topology.of(reader.entities);
        return new Read(built.topology(),
                built.problems().stream().map(p -> new Problem("1:1", p, Optional.empty())).toList());
    }

    private void file(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CODE_POINTS);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root != null && !Tag.NULL.equals(root.getTag())) {
                root(root);
            }
        } catch (MarkedYAMLException e) {
            String cause = e.getProblem() == null ? "cannot be read" : e.getProblem();
            String place = e.getProblemMark() == null
                    ? "1:1"
                    : (e.getProblemMark().getLine() + 1) + ":" + (e.getProblemMark().getColumn() + 1);
            problems.add(new Problem(place, "neither YAML nor JSON: " + cause, Optional.empty()));
        } catch (YAMLException e) {
            problems.add(new Problem("1:1", "cannot be read: " + e.getMessage(), Optional.empty()));
        }
    }

    private void root(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            problem(root, "the file is no mapping", FORM);
            return;
        }
        if (AnsibleInventory.is(mapping)) {
            entities.addAll(AnsibleInventory.read(mapping));
            return;
        }
        Node listed = field(mapping, "entities");
        if (listed == null) {
            for (NodeTuple tuple : mapping.getValue()) {
                add(tuple.getKeyNode(), Map.of(), names(tuple.getValueNode(), "parents"));
            }
            return;
        }
        known(mapping, Set.of("entities"));
        switch (listed) {
            case MappingNode byName -> byName.getValue().forEach(t -> entity(t.getKeyNode(), t.getValueNode(), false));
            case SequenceNode list -> list.getValue().forEach(this::listed);
            case Node other -> problem(other, "`entities` is neither a mapping nor a list", FORM);
        }
    }

    private void listed(Node node) {
        if (node instanceof ScalarNode) {
            add(node, Map.of(), List.of());
        } else if (node instanceof MappingNode mapping && field(mapping, "name") instanceof ScalarNode name) {
            entity(name, mapping, true);
        } else {
            problem(node, "an entity of the list has no `name`", FORM);
        }
    }

    private void entity(Node name, Node node, boolean named) {
        if (Tag.NULL.equals(node.getTag())) {
            add(name, Map.of(), List.of());
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            problem(node, "`" + text(name) + "` takes `parents` and `labels`", FORM);
            return;
        }
        known(mapping, named ? Set.of("name", "parent", "parents", "labels") : Set.of("parent", "parents", "labels"));
        List<String> parents = new ArrayList<>();
        Node one = field(mapping, "parent");
        Node several = field(mapping, "parents");
        if (one != null) {
            parents.addAll(names(one, "parent"));
        }
        if (several != null) {
            parents.addAll(names(several, "parents"));
        }
        Node labels = field(mapping, "labels");
        add(name, labels == null ? Map.of() : labels(labels), parents);
    }

    private void add(Node name, Map<String, String> labels, List<String> parents) {
        String text = text(name);
        if (text.isBlank()) {
            problem(name, "an entity without a name", FORM);
            return;
        }
        Entity entity = new Entity(text, labels, parents);
        if (names.add(entity.name())) {
            entities.add(entity);
        } else {
            problem(name, "`" + text + "` is there twice", "say all of one entity in one place");
        }
    }

    private Map<String, String> labels(Node node) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getValueNode() instanceof ScalarNode value) {
                    labels.put(text(tuple.getKeyNode()), value.getValue());
                } else {
                    problem(tuple.getValueNode(), "the label `" + text(tuple.getKeyNode()) + "` is no text", FORM);
                }
            }
        } else if (!Tag.NULL.equals(node.getTag())) {
            problem(node, "`labels` takes names and values", FORM);
        }
        return labels;
    }

    private List<String> names(Node node, String what) {
        List<String> found = new ArrayList<>();
        switch (node) {
            case ScalarNode scalar when Tag.NULL.equals(scalar.getTag()) -> {
            }
            case ScalarNode scalar -> found.add(scalar.getValue());
            case SequenceNode list when list.getValue().stream().allMatch(ScalarNode.class::isInstance) ->
                list.getValue().forEach(item -> found.add(text(item)));
            case Node other -> problem(other, "`" + what + "` takes an entity or a list of entities", FORM);
        }
        if (found.contains("")) {
            problem(node, "a parent without a name", FORM);
        }
        return found;
    }

    private void known(MappingNode mapping, Set<String> fields) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (!fields.contains(text(tuple.getKeyNode()))) {
                problem(tuple.getKeyNode(), "unknown key `" + text(tuple.getKeyNode()) + "`", FORM);
            }
        }
    }

    static @Nullable Node field(MappingNode mapping, String name) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (text(tuple.getKeyNode()).equals(name)) {
                return tuple.getValueNode();
            }
        }
        return null;
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private void problem(Node node, String message, String help) {
        problems.add(new Problem((node.getStartMark().getLine() + 1) + ":" + (node.getStartMark().getColumn() + 1),
                message, Optional.of(help)));
    }
}
