package io.prunella.executor.run;

import io.prunella.executor.driver.ActionDriver;
import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.ScriptedDriver;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.journal.MemoryJournal;
import io.prunella.executor.lock.ClaimHolder;
import io.prunella.executor.lock.ClaimRequest;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.lock.Lease;
import io.prunella.executor.lock.LockAnswer;
import io.prunella.executor.lock.LockService;
import io.prunella.executor.notify.Channels;
import io.prunella.executor.notify.Message;
import io.prunella.executor.schedule.PriorityWorkers;
import io.prunella.executor.schedule.Timers;
import io.prunella.executor.schedule.VirtualTimers;
import io.prunella.executor.schedule.Workers;
import io.prunella.plan.ChannelSpec;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Truth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** An executor on a virtual clock, with everything around it scripted. */
final class Rig {
    final VirtualTimers timers;
    final List<HealEvent> events = new ArrayList<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    // Of all rigs of this process, so that a test can ask what no scenario walks.
    static final Set<Table.Row<?, ?, ?>> WALKED = ConcurrentHashMap.newKeySet();
    final Map<String, Deque<ScriptedDriver.Play>> plays = new HashMap<>();
    final Map<String, Deque<CheckAnswer>> checks = new HashMap<>();
    final Map<String, Truth> truths = new HashMap<>();
    // When a watched condition becomes true, if it does; else what it is at the deadline.
    final Map<String, Long> trueAt = new HashMap<>();
    final FakeLocks locks = new FakeLocks();
    Journal journal = new MemoryJournal();
    Outcome delivery = new Outcome.Succeeded(Map.of());
    Optional<Drivers> drivers = Optional.empty();
    OptionalLong maxAge = OptionalLong.empty();
    Optional<ChannelSpec> defaultChannel = Optional.empty();
    Workers workers = PriorityWorkers.unbounded();
    Executor executor;

    Rig() {
        this(0);
    }

    private Rig(long startMillis) {
        timers = new VirtualTimers(startMillis);
        executor = start();
    }

    /** A new process beside the same journal, some time after the old one died. */
    Rig restarted(long laterMillis) {
        var rig = new Rig(timers.millis() + laterMillis);
        rig.journal = journal;
        rig.maxAge = maxAge;
        rig.truths.putAll(truths);
        rig.trueAt.putAll(trueAt);
        rig.start();
        return rig;
    }

    HealEvent.Ended recovered() throws JournalFailure {
        executor.recover();
        finish();
        return events(HealEvent.Ended.class).getFirst();
    }

    Executor start() {
        ActionDriver scripted = new ScriptedDriver(timers, this::play, this::check);
        Drivers found = name -> drivers.orElse(Drivers.always(scripted)).named(name);
        Channels channels = message -> {
            messages.add(message);
            return delivery;
        };
        executor = new Executor(
                new ExecutorPorts(timers, Runnable::run, workers, found, new ScriptedConditions(), journal, locks,
                        channels, events::add),
                new ExecutorSettings("exec-1", maxAge, 30_000, defaultChannel), WALKED::add);
        return executor;
    }

    private ScriptedDriver.Play play(Attempt attempt) {
        attempts.add(attempt);
        var scripted = plays.getOrDefault(attempt.action().name(), new ArrayDeque<>());
        return scripted.isEmpty() ? ScriptedDriver.Play.ends(new Outcome.Succeeded(Map.of()), 0) : scripted.remove();
    }

    private CheckAnswer check(Attempt attempt) {
        var scripted = checks.getOrDefault(attempt.action().name(), new ArrayDeque<>());
        return scripted.isEmpty() ? new CheckAnswer.CannotTell("no script") : scripted.remove();
    }

    Rig plays(String action, ScriptedDriver.Play... scripted) {
        plays.computeIfAbsent(action, _ -> new ArrayDeque<>()).addAll(List.of(scripted));
        return this;
    }

    Rig checks(String action, CheckAnswer... scripted) {
        checks.computeIfAbsent(action, _ -> new ArrayDeque<>()).addAll(List.of(scripted));
        return this;
    }

    HealEvent.Ended run(HealOrder order) {
        executor.submit(order);
        finish();
        return ended(order.traceId());
    }

    void finish() {
        for (var due = timers.nextDue(); due.isPresent(); due = timers.nextDue()) {
            timers.advanceTo(due.getAsLong());
        }
    }

    HealEvent.Ended ended(String traceId) {
        var ends = events(HealEvent.Ended.class).stream().filter(e -> e.traceId().equals(traceId)).toList();
        if (ends.size() != 1) {
            throw new AssertionError("the heal ended " + ends.size() + " times: " + events);
        }
        return ends.getFirst();
    }

    <T extends HealEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private final class ScriptedConditions implements Conditions {

        @Override
        public Truth now(ConditionRef condition, HealOrder order) {
            return truths.getOrDefault(condition.text(), Truth.TRUE);
        }

        @Override
        public Watch watch(Request request, Consumer<Truth> answer) {
            var text = request.condition().text();
            long at = trueAt.getOrDefault(text, Long.MAX_VALUE);
            Timers.Timer timer = at <= request.deadline()
                    ? timers.schedule(at, () -> answer.accept(Truth.TRUE))
                    : timers.schedule(request.deadline(),
                            () -> answer.accept(truths.getOrDefault(text, Truth.FALSE)));
            return timer::cancel;
        }
    }

    /** Claims that are held by whom the test says. */
    static final class FakeLocks implements LockService {
        final Map<String, ClaimHolder> others = new HashMap<>();
        final List<ClaimRequest> requests = new ArrayList<>();
        final Set<String> lost = new HashSet<>();
        final List<String> released = new ArrayList<>();
        Optional<String> unavailable = Optional.empty();
        Runnable onClaim = () -> {};
        private long token;

        @Override
        public LockAnswer claim(ClaimRequest request) {
            requests.add(request);
            onClaim.run();
            if (unavailable.isPresent()) {
                return new LockAnswer.Unavailable(unavailable.get());
            }
            var holder = Optional.ofNullable(others.get(request.target()));
            if (holder.isPresent()) {
                return new LockAnswer.Held(holder.get());
            }
            return new LockAnswer.Granted(new FakeLease(request.target(), new FencingToken(++token)));
        }

        @Override
        public void close() {}

        private final class FakeLease implements Lease {
            private final String target;
            private final FencingToken token;

            FakeLease(String target, FencingToken token) {
                this.target = target;
                this.token = token;
            }

            @Override
            public String target() {
                return target;
            }

            @Override
            public FencingToken token() {
                return token;
            }

            @Override
            public boolean valid() {
                return !lost.contains(target);
            }

            @Override
            public Optional<String> degraded() {
                return Optional.empty();
            }

            @Override
            public void release() {
                released.add(target);
            }
        }
    }
}
