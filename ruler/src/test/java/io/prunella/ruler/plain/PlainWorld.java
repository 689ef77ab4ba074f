package io.prunella.ruler.plain;

import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All records in order, asked again from the start for whatever is true of one subject at one instant. */
final class PlainWorld {
    private final List<PlainRecord> records;
    private final Map<String, MetricModel> metrics;
    private final Topology topology;

    PlainWorld(List<PlainRecord> ordered, Map<String, MetricModel> metrics, Topology topology) {
        this.records = ordered;
        this.metrics = metrics;
        this.topology = topology;
    }

    Topology topology() {
        return topology;
    }

    /** What a subject is called where one name has to do. */
    static String entity(Map<String, String> subject) {
        if (subject.containsKey("entity")) {
            return subject.get("entity");
        }
        Map.Entry<String, String> first = subject.entrySet().iterator().next();
        return first.getKey() + "/" + first.getValue();
    }

    /** Identities of all that the inventory lists. */
    List<Map<String, String>> listed() {
        return topology.inventory().stream().map(entity -> {
            Map<String, String> identity = new TreeMap<>(topology.labels(entity));
            identity.put("entity", entity);
            return identity;
        }).toList();
    }

    /** In the inventory; without one, seen in the last 24 h. */
    boolean present(String entity, long t) {
        return topology.hasInventory()
                ? topology.contains(entity)
                : records.stream().anyMatch(r -> r.ts() <= t && t < r.ts() + 86_400_000L
                        && entity.equals(r.identity().get("entity")));
    }

    /** {@code nodes}. */
    List<String> nodes(long t) {
        return java.util.stream.Stream
                .concat(topology.inventory().stream(),
                        records.stream()
                                .flatMap(r -> java.util.Optional.ofNullable(r.identity().get("entity")).stream()))
                .distinct().filter(entity -> !entity.contains("/") && present(entity, t)).toList();
    }

    /** Instants of the subject's events of a type up to {@code t}; the same id while it is open is the same event. */
    List<Long> events(String type, Map<String, String> subject, long t) {
        List<Long> found = new ArrayList<>();
        Map<String, Long> open = new TreeMap<>();
        for (PlainRecord record : records) {
            if (record.ts() > t || !(record instanceof PlainRecord.Event e) || !e.type().equals(type)
                    || !agrees(e, subject)) {
                continue;
            }
            if (e.resolved()) {
                e.id().ifPresentOrElse(open::remove, open::clear);
            } else if (e.id().isEmpty() || open.getOrDefault(e.id().get(), Long.MIN_VALUE) <= e.ts()) {
                found.add(e.ts());
                e.id().ifPresent(id -> open.put(id, e.ts() + 300_000));
            }
        }
        return found;
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
        if (listed().stream().anyMatch(identity -> identity.entrySet().containsAll(subject.entrySet()))) {
            return Long.MIN_VALUE;
        }
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
        if (!name.equals("entity") && subject.containsKey(name)) {
            return Optional.of(subject.get(name));
        }
        Optional<String> newest = Optional.ofNullable(topology.labels(entity(subject)).get(name));
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
