package io.prunella.executor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VirtualTimersTest extends TimersSuite {
    private final VirtualTimers timers = new VirtualTimers(1_000);

    @Override
    Timers timers() {
        return timers;
    }

    @Override
    void await(int calls) {
        while (called.size() < calls) {
            timers.advanceTo(timers.nextDue().orElseThrow());
        }
    }

    @Test
    void callsWhatBecomesDueOnTheWayAtItsOwnInstantAndThenStandsAtTheEnd() {
        timers.schedule(1_010, () -> timers.schedule(1_020, () -> called.add("at " + timers.millis())));
        assertThat(timers.advanceTo(1_050)).isEqualTo(2);
        assertThat(called).containsExactly("at 1020");
        assertThat(timers.millis()).isEqualTo(1_050);
        assertThat(timers.instant().toEpochMilli()).isEqualTo(1_050);
        assertThat(timers.nextDue()).isEmpty();
    }

    @Test
    void neverGoesBackAndIncludesTheEnd() {
        timers.schedule(1_010, () -> called.add("end"));
        assertThat(timers.advanceTo(1_009)).isZero();
        timers.advanceTo(500);
        assertThat(timers.millis()).isEqualTo(1_009);
        assertThat(timers.advanceTo(1_010)).isEqualTo(1);
    }
}
