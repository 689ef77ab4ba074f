package io.prunella.ruler.plain;

import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.SeriesSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All records in order, asked again from the start for whatever is true of one subject at one instant. */
final class PlainWorld {
    private final List<PlainRecord> records;
    private final Map<String, MetricModel> metrics;

    PlainWorld(List<PlainRecord> ordered, Map<String, MetricModel> metrics) {
        this.records = ordered;
        this.metrics = metrics;
    }

    /** A line up to 5 s older than the greatest time so far is put in order; an older one is dropped. */
    static List<PlainRecord> inOrder(List<PlainRecord> asRead) {
        List<PlainRecord> kept = new ArrayList<>();
        long greatest = Long.MIN_VALUE;
        for (PlainRecord record : asRead) {
            if (greatest == Long.MIN_VALUE || record.ts() >= greatest - 5_000) {
                kept.add(record);
                greatest = Math.max(greatest, record.ts());
            }
        }
        kept.sort((a, b) -> Long.compare(a.ts(), b.ts()));
        return kept;
    }

    List<PlainRecord> records() {
        return records;
    }

    /** A subject exists from the first record on that names it; nothing was true of it before. */
    long born(Map<String, String> subject) {
        return records.stream().filter(r -> r.identity().entrySet().containsAll(subject.entrySet()))
                .mapToLong(PlainRecord::ts).min().orElse(Long.MAX_VALUE);
    }

    long staleMillis(String metric) {
        MetricModel model = metrics.get(metric);
        return model == null ? MetricModel.DEFAULT_STALE_MILLIS : model.staleMillis();
    }

    /** Newest valid values at {@code t} of the subject's series that the selector takes, by their labels. */
    Map<Map<String, String>, Double> newest(SeriesSelector selector, Map<String, String> subject, long t) {
        Map<Map<String, String>, Double> values = new java.util.LinkedHashMap<>();
        if (guarded(selector.metric(), subject, t)) {
            return values;
        }
        for (PlainRecord record : records) {
            if (record.ts() <= t && record instanceof PlainRecord.Sample s && s.metric().equals(selector.metric())
                    && agrees(s, subject) && selector.takes(s.identity())) {
                Map<String, String> series = new TreeMap<>(s.identity());
                if (t < s.ts() + staleMillis(s.metric())) {
                    values.put(series, shifted(s));
                } else {
                    values.remove(series);
                }
            }
        }
        return values;
    }

    /** Whether the subject ever had such a series, up to {@code t}. */
    boolean everHad(SeriesSelector selector, Map<String, String> subject, long t) {
        return records.stream().anyMatch(r -> r.ts() <= t && r instanceof PlainRecord.Sample s
                && s.metric().equals(selector.metric()) && agrees(s, subject) && selector.takes(s.identity()));
    }

    /** The label of the subject's newest record that carries it. */
    Optional<String> label(String name, Map<String, String> subject, long t) {
        Optional<String> newest = Optional.empty();
        for (PlainRecord record : records) {
            if (record.ts() <= t && !(record instanceof PlainRecord.Tick) && agrees(record, subject)
                    && record.labels().containsKey(name)) {
                newest = Optional.of(record.labels().get(name));
            }
        }
        return newest;
    }

    /** A record that lacks a label counts for every subject that agrees on the labels it has. */
    static boolean agrees(PlainRecord record, Map<String, String> subject) {
        Map<String, String> identity = record.identity();
        return subject.entrySet().stream()
                .allMatch(e -> !identity.containsKey(e.getKey()) || identity.get(e.getKey()).equals(e.getValue()));
    }

    private boolean guarded(String metric, Map<String, String> subject, long t) {
        MetricModel model = metrics.get(metric);
        if (model == null || !model.guardPercent()) {
            return false;
        }
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof PlainRecord.Sample s && s.ts() <= t && s.metric().equals(metric)
                    && s.value() > 2 && agrees(s, subject) && !overridden(i, s)) {
                return true;
            }
        }
        return false;
    }

    /** Of the same series and time twice, the later line wins: the earlier one was never sent. */
    private boolean overridden(int place, PlainRecord.Sample sample) {
        return records.stream().skip(place + 1L).anyMatch(record -> record instanceof PlainRecord.Sample s
                && s.ts() == sample.ts() && s.metric().equals(sample.metric())
                && s.identity().equals(sample.identity()));
    }

    private double shifted(PlainRecord.Sample sample) {
        MetricModel model = metrics.get(sample.metric());
        return model != null && model.sourcePercent() && Double.isFinite(sample.value())
                ? new java.math.BigDecimal(Double.toString(sample.value())).movePointLeft(2).doubleValue()
                : sample.value();
    }
}
