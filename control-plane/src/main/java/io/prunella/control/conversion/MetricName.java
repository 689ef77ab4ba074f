package io.prunella.control.conversion;

import java.util.Locale;
import java.util.Map;

/** Names of metrics that a rule can spell: letters, digits and underscores. */
final class MetricName {
    private static final Map<String, String> UNITS = Map.of("%", "percent", "s", "seconds", "ms", "milliseconds", "m",
            "millicores", "Mi", "mebibytes", "Ops", "ops");

    private MetricName() {}

    /** {@code CpuUsageRate(%)} becomes {@code cpu_usage_rate_percent}. */
    static String ofColumn(String column) {
        int open = column.indexOf('(');
        boolean unit = open > 0 && column.endsWith(")");
        String name = unit ? column.substring(0, open) : column;
        String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        if (unit) {
            String written = column.substring(open + 1, column.length() - 1);
            snake += "_" + UNITS.getOrDefault(written, written);
        }
        return of(snake);
    }

    /** Whatever else stands in it becomes an underscore. */
    static String of(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }
}
