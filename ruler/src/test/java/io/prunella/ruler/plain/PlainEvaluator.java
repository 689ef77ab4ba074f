package io.prunella.ruler.plain;

import static io.prunella.plan.Truth.FALSE;
import static io.prunella.plan.Truth.TRUE;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.SeverityRank;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.plan.Truth;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a simulation of a pack on a recording has to print, worked out from the whole recording at every instant.
 *
 * <p>It knows nothing of indexes, timers or sessions: the instants at which anything can change are written down
 * beforehand, and at each of them every condition is judged from the records alone.
 */
public final class PlainEvaluator {
    private final PackModel pack;
    private final PlainWorld world;
    private final NavigableSet<Long> instants = new TreeSet<>();
    private final Map<String, List<Long>> lastFirings = new HashMap<>();
    private final Map<String, Long> busyUntil = new HashMap<>();
    private final Map<String, List<Counted>> counted = new HashMap<>();
    private final List<Heal> heals = new ArrayList<>();

    /** A firing that counts toward a limit, and the first instant at which its plan is no longer in flight. */
    private record Counted(long ts, long end) {}

    private PlainEvaluator(PackModel pack, List<PlainRecord> asRead, Topology topology, OptionalLong until) {
        this.pack = pack;
        List<PlainRecord> ordered = PlainWorld.inOrder(asRead);
        long last = ordered.isEmpty() ? 0 : ordered.getLast().ts();
        long end = until.orElse(last);
        this.world = new PlainWorld(ordered.stream().filter(r -> r.ts() <= end).toList(), pack.metrics(), topology);
        writeDownInstants(end);
    }

    /** One line of the expected output. */
    public record Expected(long ts, String rule, String entity, Map<String, String> subject, String result) {}

    /** Everything that fires, in the order of language section 3, One instant. */
    public static List<Expected> evaluate(PackModel pack, List<PlainRecord> asRead, Topology topology,
            OptionalLong until) {
        return new PlainEvaluator(pack, asRead, topology, until).run();
    }

    private void writeDownInstants(long end) {
        for (PlainRecord record : world.records()) {
            instants.add(record.ts());
            if (record instanceof PlainRecord.Sample s) {
                instants.add(s.ts() + world.staleMillis(s.metric()));
            }
        }
        for (RuleModel rule : pack.rules()) {
            for (Map<String, String> subject : subjects(rule)) {
                for (PlainMatches.Match match : new PlainMatches(world, subject).of(rule.trigger())) {
                    instants.add(match.from());
                    instants.add(match.to());
                }
            }
            instants.addAll(scheduled(rule, end));
        }
        instants.tailSet(end, false).clear();
        writeDownTurns();
        Matcher windows = Pattern.compile("windowMillis=(\\d+)").matcher(pack.rules().toString());
        Set<Long> lengths = new LinkedHashSet<>();
        while (windows.find()) {
            lengths.add(Long.parseLong(windows.group(1)));
        }
        for (PlainRecord record : world.records()) {
            lengths.forEach(length -> instants.add(record.ts() + length));
        }
        Set<Long> holds = new LinkedHashSet<>();
        for (RuleModel rule : pack.rules()) {
            collectHolds(rule.when(), holds);
            rule.unless().ifPresent(u -> collectHolds(u, holds));
            rule.rhythm().until().ifPresent(u -> collectHolds(u, holds));
            rule.rhythm().keepFiringMillis().ifPresent(holds::add);
        }
        // A hold may stand inside a hold: three rounds reach every depth that the tests write.
        for (int depth = 0; depth < 3; depth++) {
            for (long start : List.copyOf(instants)) {
                holds.forEach(h -> instants.add(start + h));
            }
        }
        for (RuleModel rule : pack.rules()) {
            rule.rhythm().repeatMillis().ifPresent(repeat -> {
                for (long start : List.copyOf(instants.headSet(end, true))) {
                    for (long t = start + repeat; t <= end; t += repeat) {
                        instants.add(t);
                    }
                }
            });
        }
        instants.tailSet(end, false).clear();
        if (!world.records().isEmpty()) {
            instants.headSet(world.records().getFirst().ts(), false).clear();
        }
    }

    /** Multiples of the period since the epoch, from the first record on. */
    private List<Long> scheduled(RuleModel rule, long end) {
        List<Long> times = new ArrayList<>();
        if (rule.trigger() instanceof RuleModel.Trigger.OnEvery every && !world.records().isEmpty()) {
            long first = world.records().getFirst().ts();
            for (long t = first / every.periodMillis() * every.periodMillis(); t <= end; t += every.periodMillis()) {
                if (t >= first) {
                    times.add(t);
                }
            }
        }
        return times;
    }

    /** Full minutes for times of day; and for each event and comparison over time, all at which it may turn. */
    private void writeDownTurns() {
        if (instants.isEmpty()) {
            return;
        }
        long first = instants.first();
        for (long minute = first / 60_000 * 60_000 + 60_000; minute <= instants.last(); minute += 60_000) {
            instants.add(minute);
        }
        List<Long> starts = new ArrayList<>();
        world.records().stream().filter(PlainRecord.Event.class::isInstance).forEach(e -> starts.add(e.ts()));
        starts.add(0L);
        for (long start : starts) {
            for (long away : RandomPacks.TURNS) {
                instants.add(start + away);
                instants.add(start + away + 1);
            }
        }
        instants.headSet(first, false).clear();
    }

    private static void collectHolds(Condition condition, Set<Long> holds) {
        switch (condition) {
            case Condition.All all -> all.of().forEach(c -> collectHolds(c, holds));
            case Condition.Any any -> any.of().forEach(c -> collectHolds(c, holds));
            case Condition.Negated not -> collectHolds(not.inner(), holds);
            case Condition.Held held -> {
                holds.add(held.afterMillis());
                collectHolds(held.inner(), holds);
            }
            case Condition.OverEntities over -> collectHolds(over.where(), holds);
            case Condition.Compare compare -> {
                if (compare.left() instanceof ValueTerm.Counted counted) {
                    counted.where().ifPresent(where -> collectHolds(where, holds));
                }
            }
            case Condition.InSet _,Condition.TimeIn _,Condition.Absent _ -> {
            }
        }
    }

    /** @param end the first instant at which it no longer holds: its condition not true, its event closed */
    private record Due(long ts, RuleModel rule, Map<String, String> subject, int arrival, long end) {
        String entity() {
            return PlainWorld.entity(subject);
        }
    }

    private List<Expected> run() {
        List<Due> due = new ArrayList<>();
        for (RuleModel rule : pack.rules()) {
            for (Map<String, String> subject : subjects(rule)) {
                switch (rule.trigger()) {
                    case RuleModel.Trigger.Edge _ -> edges(rule, subject, due);
                    case RuleModel.Trigger.OnEvery _ -> schedule(rule, subject, due);
                    case RuleModel.Trigger.OnEvent _,RuleModel.Trigger.Sequence _,RuleModel.Trigger.Absence _,RuleModel.Trigger.Times _,RuleModel.Trigger.OnAlert _ ->
                        events(rule, subject, due);
                    case RuleModel.Trigger.OnCron _ -> throw new IllegalStateException("cron has its own tests");
                }
            }
        }
        due.sort(Comparator.comparingLong(Due::ts).thenComparingLong(d -> -d.rule().priority())
                .thenComparing(d -> d.rule().name()).thenComparing(d -> String.join("\0", d.subject().values()))
                .thenComparingInt(Due::arrival));
        List<Expected> expected = new ArrayList<>();
        List<Due> causes = new ArrayList<>();
        for (int from = 0; from < due.size();) {
            int to = from;
            while (to < due.size() && due.get(to).ts() == due.get(from).ts()) {
                to++;
            }
            // Causes of one instant count, whatever the order: those above are looked at before those below.
            List<Due> together = new ArrayList<>(due.subList(from, to));
            together.sort(Comparator.comparingInt(d -> world.topology().ancestors(d.entity()).size()));
            together.stream().filter(d -> !suppressed(d, causes)).forEach(causes::add);
            due.subList(from, to).forEach(d -> expected.add(decide(d, causes)));
            from = to;
        }
        return expected;
    }

    private boolean suppressed(Due due, List<Due> causes) {
        return pack.suppressions().stream().anyMatch(suppress -> causes.stream()
                .anyMatch(cause -> world.topology().isAncestor(cause.entity(), due.entity())
                        && (cause.end() == Long.MAX_VALUE || due.ts() < cause.end() + suppress.windowMillis())
                        && SeverityRank.of(cause.rule().severity()) >= SeverityRank.of(due.rule().severity())));
    }

    private boolean claimed(String target, long t) {
        return busyUntil.entrySet().stream().anyMatch(claim -> t < claim.getValue()
                && (claim.getKey().equals(target) || world.topology().isAncestor(claim.getKey(), target)
                        || world.topology().isAncestor(target, claim.getKey())));
    }

    private record Heal(Due due, long end) {}

    /** One of the guards that {@link RandomPacks} makes: so many heals at once in rack r1, and no heal where a > 1. */
    private boolean denied(Due due) {
        return !pack.guards().isEmpty() && due.rule().plan().executes() && pack.guards().stream().anyMatch(guard -> {
            Map<String, String> target = Map.of("entity", due.entity());
            var judge = new PlainCondition(world, target, Optional.empty(), instants);
            boolean own = guard.name().equals("a") && judge.at(guard.when(), due.ts()) != FALSE;
            long inRack = heals.stream().filter(h -> h.end() > due.ts() || h.due().ts() == due.ts())
                    .filter(h -> targetLabel("rack", h.due(), h.due().ts()).equals("r1")).count();
            return own || (guard.name().equals("rack") && inRack >= 1);
        });
    }

    private Set<Map<String, String>> subjects(RuleModel rule) {
        List<String> labels = switch (rule.subject()) {
            case RuleModel.Subject.PerEntity _ -> List.of("entity");
            case RuleModel.Subject.PerLabels per -> per.labels();
            case RuleModel.Subject.PerPack _ -> List.of();
        };
        if (labels.isEmpty()) {
            return Set.of(Map.of("pack", pack.name()));
        }
        Set<Map<String, String>> found = new LinkedHashSet<>();
        List<Map<String, String>> identities = new ArrayList<>(world.listed());
        world.records().forEach(record -> identities.add(record.identity()));
        for (Map<String, String> identity : identities) {
            if (identity.keySet().containsAll(labels)) {
                Map<String, String> subject = new LinkedHashMap<>();
                labels.forEach(l -> subject.put(l, identity.get(l)));
                found.add(subject);
            }
        }
        return found;
    }

    private boolean exists(Map<String, String> subject, long t) {
        return t >= world.born(subject);
    }

    /** Whether {@code until} has become true at each instant, having not been so at the one before. */
    private boolean turns(Optional<Condition> until, PlainCondition judge, Map<String, String> subject, long t) {
        if (until.isEmpty() || judge.at(until.get(), t) != TRUE) {
            return false;
        }
        Long before = instants.lower(t);
        return before == null || !exists(subject, before) || judge.at(until.get(), before) != TRUE;
    }

    private boolean fires(RuleModel rule, PlainCondition judge, long t) {
        return judge.at(rule.when(), t) == TRUE && !rule.unless().map(u -> judge.blocks(u, t)).orElse(false);
    }

    private void edges(RuleModel rule, Map<String, String> subject, List<Due> due) {
        var judge = new PlainCondition(world, subject, Optional.empty(), instants);
        long repeat = rule.rhythm().repeatMillis().orElse(Long.MAX_VALUE);
        long bridged = rule.rhythm().keepFiringMillis().orElse(0);
        boolean armed = true;
        long fired = 0;
        long gapSince = -1;
        boolean gapWasFalse = false;
        for (long t : instants) {
            if (!exists(subject, t)) {
                continue;
            }
            Truth truth = judge.at(rule.when(), t);
            Truth level = truth == TRUE ? TRUE : judge.withoutHolds(rule.when(), t);
            if (level != TRUE) {
                gapWasFalse = (gapSince >= 0 && gapWasFalse) || level == FALSE;
                gapSince = gapSince >= 0 ? gapSince : t;
            }
            if (!armed) {
                armed = rule.rhythm().until().isPresent()
                        ? turns(rule.rhythm().until(), judge, subject, t)
                        : gapSince >= 0 && gapWasFalse && t - gapSince >= bridged;
            }
            if (level == TRUE) {
                gapSince = -1;
            }
            if (fires(rule, judge, t) && (armed || t - fired >= repeat)) {
                due.add(new Due(t, rule, subject, 0, end(rule, judge, t, Long.MAX_VALUE)));
                armed = false;
                fired = t;
                gapSince = -1;
            }
        }
    }

    private long end(RuleModel rule, PlainCondition judge, long from, long atMost) {
        for (long t : instants.tailSet(from, false)) {
            if (t >= atMost || judge.at(rule.when(), t) != TRUE
                    || rule.unless().map(u -> judge.blocks(u, t)).orElse(false)) {
                return t;
            }
        }
        return atMost;
    }

    /** Each of its times at which the condition is true; {@code until} holds back those after a firing. */
    private void schedule(RuleModel rule, Map<String, String> subject, List<Due> due) {
        var judge = new PlainCondition(world, subject, Optional.empty(), instants);
        List<Long> times = scheduled(rule, instants.isEmpty() ? 0 : instants.last());
        boolean armed = true;
        for (long t : instants) {
            if (!exists(subject, t)) {
                continue;
            }
            armed = armed || turns(rule.rhythm().until(), judge, subject, t);
            if (armed && times.contains(t) && fires(rule, judge, t)) {
                due.add(new Due(t, rule, subject, 0, t + 1));
                armed = rule.rhythm().until().isEmpty();
            }
        }
    }

    private void events(RuleModel rule, Map<String, String> subject, List<Due> due) {
        var without = new PlainCondition(world, subject, Optional.empty(), instants);
        long repeat = rule.rhythm().repeatMillis().orElse(Long.MAX_VALUE);
        List<PlainMatches.Match> matches = new PlainMatches(world, subject).of(rule.trigger());
        List<PlainCondition> judges = matches.stream()
                .map(match -> new PlainCondition(world, subject, Optional.of(match), instants)).toList();
        Map<Integer, Long> fired = new HashMap<>();
        boolean armed = true;
        for (long t : instants) {
            if (!exists(subject, t)) {
                continue;
            }
            armed = armed || turns(rule.rhythm().until(), without, subject, t);
            boolean held = false;
            for (int i = 0; i < matches.size(); i++) {
                PlainMatches.Match match = matches.get(i);
                Long before = fired.get(i);
                boolean may = before == null ? armed : t - before >= repeat;
                if (t >= match.from() && t < match.to() && may && !held && fires(rule, judges.get(i), t)) {
                    due.add(new Due(t, rule, subject, match.arrival(), end(rule, judges.get(i), t, match.to())));
                    fired.put(i, t);
                    armed = rule.rhythm().until().isEmpty();
                    held = rule.rhythm().until().isPresent();
                }
            }
        }
    }

    private Expected decide(Due due, List<Due> causes) {
        RuleModel rule = due.rule();
        String entity = PlainWorld.entity(due.subject());
        String target = rule.name() + "\0" + entity;
        String result = "DRY_RUN";
        List<Long> mine = lastFirings.computeIfAbsent(target, _ -> new ArrayList<>());
        if (!causes.contains(due)) {
            result = "SKIPPED_SUPPRESSED";
        } else if (denied(due)) {
            result = "SKIPPED_GUARD";
        } else if (rule.cooldownMillis().isPresent() && !mine.isEmpty()
                && due.ts() < mine.getLast() + rule.cooldownMillis().getAsLong()) {
            result = "SKIPPED_COOLDOWN";
        } else if (rule.limits().stream().anyMatch(l -> spent(rule, l, due))) {
            result = "SKIPPED_LIMIT";
        } else if (rule.plan().executes() && claimed(entity, due.ts())) {
            result = "SKIPPED_LOCKED";
        } else {
            mine.add(due.ts());
            long length = rule.plan().then().stream()
                    .mapToLong(s -> s instanceof io.prunella.plan.Step.Wait w ? w.millis() : 0).sum();
            for (RuleModel.Limit limit : rule.limits()) {
                counted.computeIfAbsent(key(rule, limit, due), _ -> new ArrayList<>())
                        .add(new Counted(due.ts(), due.ts() + length));
            }
            if (rule.plan().executes()) {
                busyUntil.put(entity, due.ts() + length);
                heals.add(new Heal(due, due.ts() + length));
            }
        }
        return new Expected(due.ts(), rule.name(), entity, due.subject(), result);
    }

    private boolean spent(RuleModel rule, RuleModel.Limit limit, Due due) {
        List<Counted> before = counted.getOrDefault(key(rule, limit, due), List.of());
        long atOnce = before.stream().filter(c -> c.end() > due.ts()).count();
        return switch (limit) {
            case RuleModel.Limit.Rate rate ->
                before.stream().filter(c -> c.ts() > due.ts() - rate.windowMillis()).count() >= rate.count();
            case RuleModel.Limit.AtOnce most -> atOnce >= most.count();
            case RuleModel.Limit.OfFleet of ->
                atOnce >= Math.max(1, (long) Math.floor(of.fraction() * seen(kind(due), due.ts())));
        };
    }

    private static String kind(Due due) {
        String entity = PlainWorld.entity(due.subject());
        return entity.contains("/") ? entity.substring(0, entity.indexOf('/')) : "node";
    }

    /** How many entities of a kind records have named by then. */
    private long seen(String kind, long t) {
        if (world.topology().hasInventory()) {
            return world.topology().inventory(kind).size();
        }
        return world.records().stream().filter(r -> r.ts() <= t && !(r instanceof PlainRecord.Tick))
                .map(r -> r.identity().get("entity")).distinct()
                .filter(e -> kind.equals(e.contains("/") ? e.substring(0, e.indexOf('/')) : "node")).count();
    }

    private String key(RuleModel rule, RuleModel.Limit limit, Due due) {
        String count = switch (limit) {
            case RuleModel.Limit.Rate rate -> per(rate.per(), due);
            case RuleModel.Limit.AtOnce atOnce -> per(atOnce.per(), due);
            case RuleModel.Limit.OfFleet _ -> kind(due);
        };
        return rule.name() + "\0" + limit.text() + "\0" + count;
    }

    private String per(RuleModel.Per per, Due due) {
        return switch (per) {
            case RuleModel.Per.Rule _ -> "";
            case RuleModel.Per.PerSubject _ -> due.subject().toString();
            case RuleModel.Per.Label label -> targetLabel(label.name(), due, due.ts());
        };
    }

    /** What a label of the target is at {@code t}, the empty string where it is absent. */
    private String targetLabel(String name, Due due, long t) {
        return due.subject().containsKey(name)
                ? due.subject().get(name)
                : world.label(name, Map.of("entity", due.entity()), t).orElse("");
    }
}
