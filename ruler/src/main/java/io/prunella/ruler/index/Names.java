package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Strings numbered from 0 in the order of their first use. */
final class Names {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    int of(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        numbers.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    /** All of them, in that order. */
    List<String> all() {
        return Collections.unmodifiableList(names);
    }

    String get(int number) {
        return names.get(number);
    }
}
