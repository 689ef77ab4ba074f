package io.prunella.ruler.simulation;

import io.prunella.ruler.topology.Topology;
import java.util.OptionalLong;

/**
 * How a simulation runs.
 *
 * @param until where its clock ends, epoch milliseconds, included; else at the last record
 * @param topology who there is, and who stands above whom
 */
public record SimulationSettings(OptionalLong until, Topology topology) {
    public static SimulationSettings defaults() {
        return new SimulationSettings(OptionalLong.empty(), Topology.EMPTY);
    }

    /** The same with another end. */
    SimulationSettings endingAt(long last) {
        return new SimulationSettings(OptionalLong.of(last), topology);
    }
}
