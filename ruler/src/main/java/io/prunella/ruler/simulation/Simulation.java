package io.prunella.ruler.simulation;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Firing;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Runs recordings through a pack: the production ruler with the records as its clock, and nothing executed. */
public final class Simulation {
    private Simulation() {}

    /** Several recordings are merged by time; at one instant in the order given. */
    public static SimulationReport run(PackModel pack, List<RecordingInput> recordings, SimulationSettings settings,
            Consumer<Firing> firings) throws IOException {
        throw new UnsupportedOperationException("being built");
    }
}
