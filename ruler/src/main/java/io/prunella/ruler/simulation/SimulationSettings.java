package io.prunella.ruler.simulation;

import java.util.OptionalLong;

/**
 * How a simulation runs.
 *
 * @param until where its clock ends, epoch milliseconds, included; else at the last record
 */
public record SimulationSettings(OptionalLong until) {
    public static SimulationSettings defaults() {
        return new SimulationSettings(OptionalLong.empty());
    }
}
