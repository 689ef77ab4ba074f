package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Label sets, each held once and numbered. */
final class LabelSets {
    /** The number of the set without labels. */
    static final int NONE = 0;

    private final Map<Map<String, String>, Integer> numbers = new HashMap<>();
    private final List<Map<String, String>> sets = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    LabelSets() {
        of(Map.of());
    }

    int of(Map<String, String> labels) {
        Integer known = numbers.get(labels);
        if (known != null) {
            return known;
        }
        Map<String, String> own = Map.copyOf(labels);
        numbers.put(own, sets.size());
        sets.add(own);
        texts.add(textOf(own));
        return sets.size() - 1;
    }

    Map<String, String> get(int number) {
        return sets.get(number);
    }

    /** Canonical, e.g. {@code {core="0",mode="idle"}}; empty without labels. */
    String text(int number) {
        return texts.get(number);
    }

    private static String textOf(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("{");
        new TreeMap<>(labels).forEach((name, value) -> text.append(text.length() == 1 ? "" : ",").append(name)
                .append("=\"").append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"'));
        return text.append('}').toString();
    }
}
