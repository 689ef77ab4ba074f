package io.prunella.executor.run;

import io.prunella.executor.driver.Datum;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.lock.Lease;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What all parts of one running heal share. Its mutable parts are touched only from within the heal's mailbox. */
final class HealContext {
    private final ExecutorPorts ports;
    private final ExecutorSettings settings;
    private final HealOrder order;
    private final Replay replay;
    private final Consumer<Runnable> mailbox;
    private final Consumer<Table.Row<?, ?, ?>> watch;
    private final Map<String, Map<String, String>> returned = new HashMap<>();
    private List<Lease> leases = List.of();
    private Optional<String> result = Optional.empty();
    private boolean acted;
    private Optional<String> cancelledBy = Optional.empty();
    private Optional<String> withdrawn = Optional.empty();

    HealContext(ExecutorPorts ports, ExecutorSettings settings, HealOrder order, Replay replay,
            Consumer<Runnable> mailbox, Consumer<Table.Row<?, ?, ?>> watch) {
        this.ports = ports;
        this.settings = settings;
        this.order = order;
        this.replay = replay;
        this.mailbox = mailbox;
        this.watch = watch;
        var begun = replay.attempted().toList();
        order.plan().everyStep().filter(step -> begun.contains(step.settings().id())).forEach(this::attempts);
    }

    ExecutorPorts ports() {
        return ports;
    }

    ExecutorSettings settings() {
        return settings;
    }

    HealOrder order() {
        return order;
    }

    /** The order as conditions see it by now: with what steps have returned. */
    HealOrder asked() {
        return order.withReturned(returned);
    }

    Replay replay() {
        return replay;
    }

    long now() {
        return ports.timers().millis();
    }

    /** Runs a task in the heal's mailbox, never before this returns. */
    void post(Runnable task) {
        mailbox.accept(task);
    }

    /** Runs what may block outside the mailbox. */
    void aside(Runnable task) {
        ports.carrier().execute(task);
    }

    void walked(Table.Row<?, ?, ?> row) {
        watch.accept(row);
    }

    /** Returns when the fact is on disk; a journal that fails ends the heal. */
    void record(String actionId, Fact fact) {
        try {
            ports.journal().append(new JournalEntry(order.traceId(), actionId, now(), fact));
        } catch (JournalFailure failure) {
            throw new JournalBroken(failure);
        }
    }

    void tell(HealEvent event) {
        ports.listener().on(event);
    }

    Resolver resolver(String entity, Map<String, Datum> parameters) {
        return new Resolver(order, entity, parameters, returned, result);
    }

    void returned(String step, Map<String, String> fields) {
        returned.put(step, fields);
    }

    void result(String name) {
        result = Optional.of(name);
    }

    Optional<String> result() {
        return result;
    }

    /** An attempt of a step begins; once it is one of an action, the heal is not withdrawn any more. */
    void attempts(Step step) {
        acted |= step instanceof Step.Execute;
    }

    /** Whether any action has begun; messages, waits and what only reads are none. */
    boolean acted() {
        return acted;
    }

    void withdrawn(String why) {
        withdrawn = Optional.of(why);
    }

    Optional<String> withdrawn() {
        return withdrawn;
    }

    /** Why nothing further is to be begun, for people; empty while the heal goes on. */
    Optional<String> stopped() {
        return cancelledBy.map(who -> "cancelled by " + who).or(() -> withdrawn.map(why -> "withdrawn: " + why));
    }

    void cancelledBy(String who) {
        cancelledBy = Optional.of(who);
    }

    Optional<String> cancelledBy() {
        return cancelledBy;
    }

    void leases(List<Lease> granted) {
        leases = new ArrayList<>(granted);
    }

    List<Lease> leases() {
        return leases;
    }

    /** The token of the claim that covers a target: its own, else that of the heal's first claim. */
    FencingToken token(String target) {
        return leases.stream().filter(lease -> lease.target().equals(target)).findFirst()
                .or(() -> leases.stream().findFirst()).map(Lease::token).orElse(FencingToken.NONE);
    }

    /** Names an attempt, the same after a restart. */
    String actionId(String phase, String step, int attempt) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((order.traceId() + "/" + phase + "/" + step + "/" + attempt)
                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
