package io.prunella.control.proof;

import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.PackModel;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Given;
import io.prunella.dsl.ast.Given.SampleValues;
import io.prunella.ruler.Observation;
import io.prunella.ruler.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the {@code given:} of a test into records, whose instants count from the test's 0s. */
final class GivenRecords {
    private static final int MOST_RECORDS = 5_000_000;
    private final PackModel pack;
    private final long zero;
    private final List<Observation> records = new ArrayList<>();

    private GivenRecords(PackModel pack, long zero) {
        this.pack = pack;
        this.zero = zero;
    }

    /**
     * In the order of time; at one instant in the order written. Recordings are not among them.
     *
     * @param zero the instant that the test calls 0s, in epoch milliseconds
     */
    static List<Observation> of(List<Given> given, PackModel pack, long zero) {
        GivenRecords made = new GivenRecords(pack, zero);
        for (Given line : given) {
            switch (line) {
                case Given.Samples samples -> made.samples(samples);
                case Given.EventAt event -> made.event(event);
                case Given.Scripted _,Given.RecordingFile _ -> {
                    // No record of their own.
                }
            }
        }
        made.records.sort(Comparator.comparingLong(Observation::ts));
        return made.records;
    }

    private void samples(Given.Samples line) {
        Map<String, String> labels = new LinkedHashMap<>();
        line.labels().forEach(m -> labels.put(m.label().text(), m.value().text()));
        long from = line.from().map(d -> d.millis()).orElse(0L);
        long every = line.every().millis();
        switch (line.values()) {
            case SampleValues.Constant(Expr value, int count, var _) -> {
                double sent = sent(value, line.metric().text());
                for (int i = 0; i < count && records.size() < MOST_RECORDS; i++) {
                    add(line, labels, from + i * every, sent);
                }
            }
            case SampleValues.Ramp(Expr first, Expr last, var over, var _) -> {
                double start = sent(first, line.metric().text());
                double end = sent(last, line.metric().text());
                for (long t = 0; every > 0 && t <= over.millis() && records.size() < MOST_RECORDS; t += every) {
                    double part = over.millis() == 0 ? 1 : (double) t / over.millis();
                    add(line, labels, from + t, t == over.millis() ? end : start + (end - start) * part);
                }
            }
        }
    }

    private void add(Given.Samples line, Map<String, String> labels, long ts, double value) {
        records.add(new Observation.Sample(zero + ts, line.entity().text(), line.metric().text(), labels, value));
    }

    private void event(Given.EventAt line) {
        Map<String, Scalar> attributes = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        Optional<String> id = Optional.empty();
        for (Expr.Entry entry : line.attributes().map(Expr.MapLiteral::entries).orElse(List.of())) {
            if (entry.name().text().equals("id") && entry.value() instanceof Expr.StringLiteral text) {
                id = Optional.of(text.text());
            } else if (entry.name().text().equals("labels") && entry.value() instanceof Expr.MapLiteral map) {
                map.entries().forEach(e -> labels.put(e.name().text(), text(scalar(e.value()))));
            } else {
                attribute(entry.name().text(), entry.value(), attributes);
            }
        }
        records.add(new Observation.EventSeen(zero + line.at().millis(), line.entity().text(), line.type().text(), id,
                line.resolved(), attributes, labels));
    }

    private static void attribute(String name, Expr value, Map<String, Scalar> attributes) {
        if (value instanceof Expr.MapLiteral map) {
            map.entries().forEach(e -> attribute(name + "." + e.name().text(), e.value(), attributes));
        } else {
            attributes.put(name, scalar(value));
        }
    }

    private static Scalar scalar(Expr value) {
        return switch (value) {
            case Expr.StringLiteral text -> new Scalar.Text(text.text());
            case Expr.BooleanLiteral flag -> new Scalar.Flag(flag.value());
            default -> new Scalar.Quantity(quantity(value));
        };
    }

    private static String text(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text(String text) -> text;
            case Scalar.Quantity(double number) -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case Scalar.Flag(boolean flag) -> Boolean.toString(flag);
        };
    }

    /** As a source would send it: a metric declared {@code source percent} takes 97 for {@code 97%}. */
    private double sent(Expr value, String metric) {
        MetricModel model = pack.metrics().get(metric);
        if (model != null && model.sourcePercent() && value instanceof Expr.NumberLiteral number && number.percent()) {
            String digits = number.text().substring(0, number.text().length() - 1).replace("_", "");
            return Double.parseDouble(digits);
        }
        return quantity(value);
    }

    private static double quantity(Expr value) {
        return switch (value) {
            case Expr.NumberLiteral number -> number.dimension() == Dimension.DURATION
                    ? number.value() / 1_000
                    : number.value();
            case Expr.Negate(Expr operand, var _) -> -quantity(operand);
            case Expr.BooleanLiteral flag -> flag.value() ? 1 : 0;
            default -> Double.NaN;
        };
    }
}
