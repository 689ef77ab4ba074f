package io.prunella.executor.lock;

import static io.prunella.executor.lock.ClaimLife.Effect.FREE_DOOR;
import static io.prunella.executor.lock.ClaimLife.Effect.FREE_LOCAL;
import static io.prunella.executor.lock.ClaimLife.Effect.NOTE_DEGRADED;
import static io.prunella.executor.lock.ClaimLife.Effect.REVOKE;
import static io.prunella.executor.lock.ClaimLife.Effect.UNWATCH;
import static io.prunella.executor.lock.ClaimLife.Effect.WATCH;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The life of one distributed claim as a table, so that every case of a failing store was decided here and not on the
 * way. Pure: answers of the stores go in, effects come out. Not thread-safe.
 */
final class ClaimLife {

    enum State {
        /** Nothing is taken yet. */
        ASKING_LOCAL,
        /** The local lock is taken. */
        ASKING_DOOR,
        /** The door is passed, or there is none to pass. */
        ASKING_LEASE,
        /** The etcd lease holds the claim. */
        HELD,
        /** Etcd does not answer; the local lock holds the claim, behind the door's quorum or alone in the world. */
        DEGRADED,
        /** Nothing that answers holds the claim: not valid now, perhaps again later. */
        UNCONFIRMED,
        /** Etcd or the door's quorum said that the claim is gone: never valid again, though not yet given back. */
        LOST, RELEASED, REFUSED
    }

    enum Event {
        LOCAL_TAKEN, LOCAL_HELD,
        /** A quorum let us in, or there is no door, or no other instance that it could keep out. */
        DOOR_PASSED, DOOR_HELD, NO_QUORUM,
        /** Etcd granted the claim, or said that it is still ours. */
        LEASE_OURS,
        /** Etcd said that somebody else has it. */
        LEASE_HELD,
        /** Etcd does not answer, and {@link Degradation} allows the local lock to stand in. */
        SILENT_TOLERATED,
        /** Etcd gives no usable answer, and nothing may stand in. */
        SILENT,
        /** A claim that was ours is so no more. */
        GONE, RELEASE
    }

    enum Effect {
        /** Begin to renew, extend and watch. */
        WATCH, UNWATCH, REVOKE, FREE_DOOR, FREE_LOCAL,
        /** Make the result say so. */
        NOTE_DEGRADED
    }

    record Step(State to, List<Effect> effects) {}

    static final Map<State, Map<Event, Step>> TABLE = table();

    private State state = State.ASKING_LOCAL;

    State state() {
        return state;
    }

    /** Whether the holder may act. */
    boolean holds() {
        return state == State.HELD || state == State.DEGRADED;
    }

    /** Moves on and says what is to be done, in this order; an event that the table has not is a bug. */
    List<Effect> on(Event event) {
        var step = TABLE.getOrDefault(state, Map.of()).get(event);
        if (step == null) {
            throw new IllegalStateException("a claim in state " + state + " cannot take " + event);
        }
        state = step.to();
        return step.effects();
    }

    private static Map<State, Map<Event, Step>> table() {
        var t = new EnumMap<State, Map<Event, Step>>(State.class);
        put(t, State.ASKING_LOCAL, Event.LOCAL_TAKEN, State.ASKING_DOOR);
        put(t, State.ASKING_LOCAL, Event.LOCAL_HELD, State.REFUSED);

        put(t, State.ASKING_DOOR, Event.DOOR_PASSED, State.ASKING_LEASE);
        put(t, State.ASKING_DOOR, Event.DOOR_HELD, State.REFUSED, FREE_LOCAL);
        put(t, State.ASKING_DOOR, Event.NO_QUORUM, State.REFUSED, FREE_LOCAL);

        put(t, State.ASKING_LEASE, Event.LEASE_OURS, State.HELD, WATCH);
        put(t, State.ASKING_LEASE, Event.LEASE_HELD, State.REFUSED, FREE_DOOR, FREE_LOCAL);
        put(t, State.ASKING_LEASE, Event.SILENT_TOLERATED, State.DEGRADED, NOTE_DEGRADED, WATCH);
        put(t, State.ASKING_LEASE, Event.SILENT, State.REFUSED, FREE_DOOR, FREE_LOCAL);

        for (State held : List.of(State.HELD, State.DEGRADED, State.UNCONFIRMED)) {
            put(t, held, Event.LEASE_OURS, State.HELD);
            put(t, held, Event.SILENT, State.UNCONFIRMED);
            put(t, held, Event.GONE, State.LOST);
            put(t, held, Event.RELEASE, State.RELEASED, UNWATCH, REVOKE, FREE_DOOR, FREE_LOCAL);
        }
        put(t, State.HELD, Event.SILENT_TOLERATED, State.DEGRADED, NOTE_DEGRADED);
        put(t, State.DEGRADED, Event.SILENT_TOLERATED, State.DEGRADED);
        put(t, State.UNCONFIRMED, Event.SILENT_TOLERATED, State.DEGRADED, NOTE_DEGRADED);

        // A lost claim keeps door and local lock until its holder, who may still be acting, gives it back.
        put(t, State.LOST, Event.RELEASE, State.RELEASED, UNWATCH, REVOKE, FREE_DOOR, FREE_LOCAL);
        put(t, State.RELEASED, Event.RELEASE, State.RELEASED);
        // Answers to questions that were asked before the end.
        for (State ended : List.of(State.LOST, State.RELEASED)) {
            for (Event late : List.of(Event.LEASE_OURS, Event.SILENT_TOLERATED, Event.SILENT, Event.GONE)) {
                put(t, ended, late, ended);
            }
        }
        return t;
    }

    private static void put(Map<State, Map<Event, Step>> table, State from, Event event, State to, Effect... effects) {
        table.computeIfAbsent(from, _ -> new EnumMap<>(Event.class)).put(event, new Step(to, List.of(effects)));
    }
}
