package io.prunella.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A JSON value in memory, asked for what a reader expects of it. */
final class JsonTree {
    private final String path;
    private final @Nullable Object value;

    private JsonTree(String path, @Nullable Object value) {
        this.path = path;
        this.value = value;
    }

    /** A text that is JSON, but not of the expected shape. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Malformed(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    static JsonTree read(JsonParser parser) throws Malformed {
        parser.nextToken();
        JsonTree tree = new JsonTree("plan", value(parser));
        if (parser.nextToken() != null) {
            throw new Malformed("text behind the end of the plan");
        }
        return tree;
    }

    private static @Nullable Object value(JsonParser parser) throws Malformed {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new Malformed("no JSON: the text ends too early");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new Malformed("no JSON: unexpected " + token);
        };
    }

    private static Object number(String text) throws Malformed {
        try {
            return text.matches("-?[0-9]+") ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new Malformed("no number: " + text);
        }
    }

    private Malformed wrong(String wanted) {
        return new Malformed(path + " is no " + wanted);
    }

    boolean isText() {
        return value instanceof String;
    }

    boolean isFlag() {
        return value instanceof Boolean;
    }

    boolean isList() {
        return value instanceof List<?>;
    }

    /** The name of the only member, of a value that has one. */
    String onlyMember() throws Malformed {
        Map<?, ?> members = members();
        if (members.size() != 1) {
            throw wrong("object with one member");
        }
        return members.keySet().iterator().next().toString();
    }

    private Map<?, ?> members() throws Malformed {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong("object");
    }

    Optional<JsonTree> find(String name) throws Malformed {
        Object member = members().get(name);
        return member == null ? Optional.empty() : Optional.of(new JsonTree(path + "." + name, member));
    }

    JsonTree get(String name) throws Malformed {
        Optional<JsonTree> found = find(name);
        if (found.isEmpty()) {
            throw new Malformed(path + " has no " + name);
        }
        return found.get();
    }

    boolean has(String name) throws Malformed {
        return find(name).isPresent();
    }

    List<JsonTree> items() throws Malformed {
        if (!(value instanceof List<?> list)) {
            throw wrong("list");
        }
        List<JsonTree> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            items.add(new JsonTree(path + "[" + i + "]", list.get(i)));
        }
        return items;
    }

    Map<String, JsonTree> fields() throws Malformed {
        Map<String, JsonTree> fields = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : members().entrySet()) {
            String name = String.valueOf(member.getKey());
            fields.put(name, new JsonTree(path + "." + name, member.getValue()));
        }
        return fields;
    }

    String text() throws Malformed {
        if (value instanceof String text) {
            return text;
        }
        throw wrong("text");
    }

    long whole() throws Malformed {
        if (value instanceof Long number) {
            return number;
        }
        throw wrong("whole number");
    }

    double number() throws Malformed {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        // What JSON has no number for.
        if (value instanceof String text) {
            return switch (text) {
                case "NaN" -> Double.NaN;
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> throw wrong("number");
            };
        }
        throw wrong("number");
    }

    boolean flag() throws Malformed {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong("true or false");
    }

    List<String> texts() throws Malformed {
        List<String> texts = new ArrayList<>();
        for (JsonTree item : items()) {
            texts.add(item.text());
        }
        return texts;
    }
}
