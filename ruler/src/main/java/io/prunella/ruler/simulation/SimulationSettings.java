package io.prunella.ruler.simulation;

import io.prunella.ruler.ServerGuards;
import io.prunella.ruler.recording.EntityMapping;
import io.prunella.ruler.topology.Topology;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a simulation runs.
 *
 * @param until where its clock ends, epoch milliseconds, included; else at the last record
 * @param guards of the server whose configuration is tried
 * @param entities whom records are about that do not say so
 * @param topology who there is, and who stands above whom
 */
public record SimulationSettings(OptionalLong until, Topology topology, Optional<ServerGuards> guards,
        EntityMapping entities) {
    /** Without a server's configuration. */
    public SimulationSettings(OptionalLong until, Topology topology) {
        this(until, topology, Optional.empty(), EntityMapping.DEFAULT);
    }

    public static SimulationSettings defaults() {
        return new SimulationSettings(OptionalLong.empty(), Topology.EMPTY);
    }

    /** The same with another end. */
    SimulationSettings endingAt(long last) {
        return new SimulationSettings(OptionalLong.of(last), topology, guards, entities);
    }
}
