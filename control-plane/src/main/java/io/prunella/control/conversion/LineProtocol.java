package io.prunella.control.conversion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line of InfluxDB's line protocol: {@code measurement,tag=value field=value,… timestamp}.
 *
 * @param fields each with its value as written, its quotes included
 * @param time as written; empty where the line has none
 */
record LineProtocol(String measurement, Map<String, String> tags, Map<String, String> fields, String time) {

    /** Empty where it is no such line. */
    static Optional<LineProtocol> parse(String line) {
        List<String> parts = split(line.strip(), ' ', 3);
        if (parts.size() < 2) {
            return Optional.empty();
        }
        List<String> head = split(parts.get(0), ',', Integer.MAX_VALUE);
        Map<String, String> tags = new LinkedHashMap<>();
        Map<String, String> fields = new LinkedHashMap<>();
        boolean good = !head.getFirst().isEmpty() && pairs(head.subList(1, head.size()), tags)
                && pairs(split(parts.get(1), ',', Integer.MAX_VALUE), fields);
        if (!good) {
            return Optional.empty();
        }
        Map<String, String> plain = new LinkedHashMap<>();
        tags.forEach((name, value) -> plain.put(name, unescaped(value)));
        return Optional.of(new LineProtocol(unescaped(head.getFirst()), plain, fields,
                parts.size() == 3 ? parts.get(2).strip() : ""));
    }

    private static boolean pairs(List<String> texts, Map<String, String> into) {
        for (String text : texts) {
            List<String> pair = split(text, '=', 2);
            if (pair.size() != 2 || pair.getFirst().isEmpty() || pair.getLast().isEmpty()) {
                return false;
            }
            into.put(unescaped(pair.getFirst()), pair.getLast());
        }
        return true;
    }

    /** At most {@code most} parts; a separator after a back-slash or within quotes separates nothing. */
    private static List<String> split(String text, char at, int most) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length() && parts.size() < most - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == at && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
                while (at == ' ' && start < text.length() && text.charAt(start) == ' ') {
                    start++;
                    i++;
                }
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\([,= \\\\])", "$1");
    }
}
