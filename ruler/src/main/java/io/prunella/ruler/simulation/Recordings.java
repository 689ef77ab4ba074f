package io.prunella.ruler.simulation;

import java.io.IOException;
import java.util.List;

/** Recordings that are read more than once, from their beginning each time: a port, so that they may lie anywhere. */
@FunctionalInterface
public interface Recordings {

    /** Opens all of them anew, in the order in which they are merged; whoever runs them closes them. */
    List<RecordingInput> open() throws IOException;
}
