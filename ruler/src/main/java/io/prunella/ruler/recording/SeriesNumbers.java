package io.prunella.ruler.recording;

import java.util.Map;

/** Who numbers series, so that a sample need not be an object: usually {@code ruler::series}. */
public interface SeriesNumbers {
    int series(String entity, String metric, Map<String, String> labels);
}
