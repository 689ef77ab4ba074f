package io.prunella.control.settings;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.prunella.compiler.rule.SeriesSelector.LabelMatch;
import io.prunella.ruler.recording.EntityMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code entities} and {@code aliases}: a list of mappings, each with {@code match} and {@code first}. */
final class EntityMappingReader {
    static final String ENTITIES = "entities";
    static final String ALIASES = "aliases";
    private static final java.util.regex.Pattern MATCH = java.util.regex.Pattern
            .compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(,|$)");
    private static final String EXAMPLE = "write `- {match: '{job=\"blackbox\"}', first: [service: \"{target}\"]}`";

    private final Problems problems;
    private final List<EntityMapping.Rule> rules = new ArrayList<>();
    private final Map<String, String> aliases = new HashMap<>();
    private boolean given;

    /** Where what is wrong is told. */
    interface Problems {
        void report(Node at, String message, Optional<String> help);
    }

    EntityMappingReader(Problems problems) {
        this.problems = problems;
    }

    /** The mapping read; without {@code entities} the default's rules. */
    EntityMapping mapping() {
        return new EntityMapping(given ? rules : EntityMapping.DEFAULT.rules(), aliases);
    }

    void entities(Node node) {
        given = true;
        if (!(node instanceof SequenceNode list)) {
            problems.report(node, "`entities` takes a list", Optional.of(EXAMPLE));
            return;
        }
        list.getValue().forEach(this::rule);
    }

    private void rule(Node node) {
        List<LabelMatch> match = List.of();
        List<EntityMapping.Name> first = List.of();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                switch (text(tuple.getKeyNode())) {
                    case "match" -> match = match(tuple.getValueNode());
                    case "first" -> first = names(tuple.getValueNode());
                    case String key -> problems.report(tuple.getKeyNode(), "unknown key `entities." + key + "`",
                            Optional.of("an entry has `match` and `first`"));
                }
            }
            if (first.isEmpty()) {
                problems.report(node, "an entry of `entities` names nobody", Optional.of(EXAMPLE));
            }
        } else {
            problems.report(node, "an entry of `entities` takes `match` and `first`", Optional.of(EXAMPLE));
        }
        rules.add(new EntityMapping.Rule(match, first));
    }

    private List<LabelMatch> match(Node node) {
        String text = text(node).strip();
        List<LabelMatch> found = new ArrayList<>();
        boolean braces = text.startsWith("{") && text.endsWith("}") && text.length() >= 2;
        String inner = braces ? text.substring(1, text.length() - 1).strip() : "";
        int end = 0;
        Matcher one = MATCH.matcher(inner);
        while (braces && end < inner.length() && one.find(end) && one.start() == end) {
            end = one.end();
            matcher(one.group(1), one.group(2), one.group(3).replaceAll("\\\\(.)", "$1"), node).ifPresent(found::add);
        }
        if (!braces || end < inner.length()) {
            problems.report(node, "`" + text + "` selects no series",
                    Optional.of("write it as in Prometheus: `'{job=\"node\", env!=\"test\"}'`"));
        }
        return found;
    }

    private Optional<LabelMatch> matcher(String label, String operator, String value, Node node) {
        try {
            return Optional.of(switch (operator) {
                case "=" -> new LabelMatch.Equal(label, value);
                case "!=" -> new LabelMatch.NotEqual(label, value);
                case "=~" -> new LabelMatch.Matching(label, Pattern.compile(value));
                case "!~" -> new LabelMatch.NotMatching(label, Pattern.compile(value));
                case String other -> throw new IllegalStateException("no operator: " + other);
            });
        } catch (PatternSyntaxException e) {
            problems.report(node, "`" + value + "` is no regular expression: " + e.getDescription(),
                    Optional.of("RE2, as in Prometheus"));
            return Optional.empty();
        }
    }

    private List<EntityMapping.Name> names(Node node) {
        List<EntityMapping.Name> names = new ArrayList<>();
        if (!(node instanceof SequenceNode list)) {
            problems.report(node, "`first` takes a list", Optional.of(EXAMPLE));
            return names;
        }
        for (Node item : list.getValue()) {
            if (!(item instanceof MappingNode mapping)) {
                problems.report(item, "a name is a kind and a template", Optional.of(EXAMPLE));
                continue;
            }
            for (NodeTuple tuple : mapping.getValue()) {
                String template = text(tuple.getValueNode());
                if (EntityMapping.Name.readable(template)) {
                    names.add(new EntityMapping.Name(text(tuple.getKeyNode()), template));
                } else {
                    problems.report(tuple.getValueNode(), "`" + template + "` is made of no label",
                            Optional.of("put labels in braces, `\"{namespace}/{pod}\"`, `\"{instance:host}\"`"));
                }
            }
        }
        return names;
    }

    /** {@code name: [other, names]}. */
    void aliases(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            problems.report(node, "`aliases` takes names", Optional.of("write `node-17: [10.0.0.17]` below it"));
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            List<Node> others = tuple.getValueNode() instanceof SequenceNode list
                    ? list.getValue()
                    : List.of(tuple.getValueNode());
            for (Node other : others) {
                if (aliases.putIfAbsent(text(other), text(tuple.getKeyNode())) != null) {
                    problems.report(other, "`" + text(other) + "` is another name of two", Optional.empty());
                }
            }
        }
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
