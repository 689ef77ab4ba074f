package io.prunella.ruler.simulation;

import io.prunella.ruler.ServerGuards;
import io.prunella.ruler.topology.Topology;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a simulation runs.
 *
 * @param until where its clock ends, epoch milliseconds, included; else at the last record
 * @param guards of the server whose configuration is tried
 * @param topology who there is, and who stands above whom
 */
public record SimulationSettings(OptionalLong until, Topology topology, Optional<ServerGuards> guards) {
    /** Without a server's guards. */
    public SimulationSettings(OptionalLong until, Topology topology) {
        this(until, topology, Optional.empty());
    }

    public static SimulationSettings defaults() {
        return new SimulationSettings(OptionalLong.empty(), Topology.EMPTY);
    }

    /** The same with another end. */
    SimulationSettings endingAt(long last) {
        return new SimulationSettings(OptionalLong.of(last), topology, guards);
    }
}
