package io.prunella.ruler.plain;

import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.compiler.rule.ValueTerm;
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
    /** Records of others too, where only some are looked at. */
    private final List<PlainRecord> everything;
    private final boolean some;

    PlainWorld(List<PlainRecord> ordered, Map<String, MetricModel> metrics, Topology topology) {
        this(ordered, metrics, topology, ordered, false);
    }

    private PlainWorld(List<PlainRecord> ordered, Map<String, MetricModel> metrics, Topology topology,
            List<PlainRecord> everything, boolean some) {
        this.everything = everything;
        this.some = some;
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
        if (subject.containsKey("pack")) {
            // A pack is there from the beginning of the clock.
            return records.isEmpty() ? Long.MAX_VALUE : records.getFirst().ts();
        }
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
        for (PlainRecord record : records) {
            if (record.ts() <= t && record instanceof PlainRecord.Sample s && s.metric().equals(selector.metric())
                    && agrees(s, subject) && selector.takes(s.identity()) && !guarded(s, subject, t)) {
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

    /** The same world as far as series go that carry these labels; an absent one is the empty string. */
    PlainWorld sharing(Map<String, String> labels) {
        List<PlainRecord> shared = records.stream().filter(r -> r instanceof PlainRecord.Sample && labels.entrySet()
                .stream().allMatch(l -> r.identity().getOrDefault(l.getKey(), "").equals(l.getValue()))).toList();
        return new PlainWorld(shared, metrics, topology, everything, true);
    }

    /**
     * What a function gives for each series with samples in the window: asked at the last instant at which a sample
     * entered or left it.
     */
    Map<Map<String, String>, Double> overTime(ValueTerm.OverTime over, Map<String, String> subject, long t) {
        Map<Map<String, String>, java.util.NavigableMap<Long, Double>> series = new java.util.LinkedHashMap<>();
        for (PlainRecord record : records) {
            if (record.ts() <= t && record instanceof PlainRecord.Sample s
                    && s.metric().equals(over.selector().metric()) && agrees(s, subject)
                    && over.selector().takes(s.identity()) && !guarded(s, subject, t)) {
                series.computeIfAbsent(new TreeMap<>(s.identity()), _ -> new TreeMap<>()).put(s.ts(), shifted(s));
            }
        }
        Map<Map<String, String>, Double> values = new java.util.LinkedHashMap<>();
        long window = over.windowMillis();
        series.forEach((identity, samples) -> {
            long at = samples.lastKey();
            for (long ts : samples.keySet()) {
                at = ts + window <= t ? Math.max(at, ts + window) : at;
            }
            PlainRange.of(over, samples.tailMap(at - window, false), at)
                    .ifPresent(value -> values.put(identity, value));
        });
        return values;
    }

    /** Whether the subject ever had such a series, up to {@code t}. */
    boolean everHad(SeriesSelector selector, Map<String, String> subject, long t) {
        return records.stream().anyMatch(r -> r.ts() <= t && r instanceof PlainRecord.Sample s
                && s.metric().equals(selector.metric()) && agrees(s, subject) && selector.takes(s.identity()));
    }

    /** The label of the subject's newest record that carries it. */
    Optional<String> label(String name, Map<String, String> subject, long t) {
        if (subject.containsKey(name) && !name.equals("entity")) {
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

    // Unknown for the subject; where series of all are taken together, each counts by its own entity.
    private boolean guarded(PlainRecord.Sample sample, Map<String, String> subject, long t) {
        return !some
                ? guarded(sample.metric(), subject, t)
                : guarded(sample.metric(), Map.of("entity", sample.identity().getOrDefault("entity", "")), t);
    }

    private boolean guarded(String metric, Map<String, String> subject, long t) {
        MetricModel model = metrics.get(metric);
        if (model == null || !model.guardPercent()) {
            return false;
        }
        for (int i = 0; i < everything.size(); i++) {
            if (everything.get(i) instanceof PlainRecord.Sample s && s.ts() <= t && s.metric().equals(metric)
                    && s.value() > 2 && agrees(s, subject) && !overridden(i, s)) {
                return true;
            }
        }
        return false;
    }

    /** Of the same series and time twice, the later line wins: the earlier one was never sent. */
    private boolean overridden(int place, PlainRecord.Sample sample) {
        return everything.stream().skip(place + 1L).anyMatch(record -> record instanceof PlainRecord.Sample s
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
