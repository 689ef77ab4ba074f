package io.prunella.control.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the JSON Schema that editors use, from the same table that the reader goes by. */
final class SettingsSchema {
    private SettingsSchema() {}

    static String write() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "prunella.yaml");
        Map<String, Object> properties = object(root);
        for (Setting setting : Setting.ALL) {
            String[] names = setting.path().split("\\.", -1);
            Map<String, Object> at = properties;
            for (int i = 0; i < names.length - 1; i++) {
                at = child(at, names[i]);
            }
            at.put(names[names.length - 1], leaf(setting));
        }
        Map<String, Object> text = sorted(Map.of("type", "string"));
        Map<String, Object> names = sorted(Map.of("type", "array", "items",
                sorted(Map.of("type", "object", "additionalProperties", text))));
        properties.put(EntityMappingReader.ENTITIES, sorted(Map.of("type", "array", "description",
                "whom a record is about that does not say so: the first that fits and finds a name", "items",
                sorted(Map.of("type", "object", "additionalProperties", false, "required", List.of("first"),
                        "properties", sorted(Map.of("match", text, "first", names)))))));
        properties.put(EntityMappingReader.ALIASES, sorted(Map.of("type", "object", "description",
                "other names of entities, by the name that is meant", "additionalProperties",
                sorted(Map.of("type", "array", "items", text)))));
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
                .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                .build().writeValueAsString(root) + "\n";
    }

    private static Map<String, Object> sorted(Map<String, ?> node) {
        return new TreeMap<>(node);
    }

    private static Map<String, Object> object(Map<String, Object> node) {
        node.put("type", "object");
        node.put("additionalProperties", false);
        Map<String, Object> properties = new LinkedHashMap<>();
        node.put("properties", properties);
        return properties;
    }

    @SuppressWarnings("unchecked") // only this class fills the tree, and properties are always maps
    private static Map<String, Object> child(Map<String, Object> properties, String name) {
        Object there = properties.get(name);
        if (there instanceof Map<?, ?> node) {
            return (Map<String, Object>) java.util.Objects.requireNonNull(node.get("properties"));
        }
        Map<String, Object> node = new LinkedHashMap<>();
        properties.put(name, node);
        return object(node);
    }

    private static Map<String, Object> leaf(Setting setting) {
        Map<String, Object> leaf = new LinkedHashMap<>();
        leaf.put("description", setting.meaning());
        leaf.putAll(shape(setting.shape()));
        if (setting.shape() instanceof Shape.Count) {
            leaf.put("default", Integer.valueOf(setting.defaultText()));
        } else if (setting.shape() instanceof Shape.Several) {
            leaf.put("default", List.of());
        } else {
            leaf.put("default", setting.defaultText());
        }
        return leaf;
    }

    private static Map<String, Object> shape(Shape shape) {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (shape) {
            case Shape.OneOf(var words) -> out.put("enum", new ArrayList<>(words));
            case Shape.Length _ -> {
                out.put("type", "string");
                out.put("pattern", "^" + Shape.Length.REGEX + "$");
            }
            case Shape.Count(int least, int most) -> {
                out.put("type", "integer");
                out.put("minimum", least);
                out.put("maximum", most);
            }
            case Shape.Percent _ -> {
                out.put("type", "string");
                out.put("pattern", "^" + Shape.Percent.REGEX + "$");
            }
            case Shape.CountOrPercent _ -> {
                out.put("type", List.of("integer", "string"));
                out.put("pattern", "^(" + Shape.CountOrPercent.REGEX + ")$");
            }
            case Shape.Rate _ -> {
                out.put("type", "string");
                out.put("pattern", "^" + Shape.Rate.REGEX + "$");
            }
            case Shape.Address _ -> {
                out.put("type", "string");
                out.put("pattern", "^" + Shape.Address.REGEX + "$");
            }
            case Shape.Text _ -> {
                out.put("type", "string");
                out.put("minLength", 1);
            }
            case Shape.Several(var each) -> {
                out.put("type", "array");
                out.put("items", shape(each));
            }
        }
        return out;
    }
}
