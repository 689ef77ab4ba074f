package io.prunella.control.conversion;

/** Forms of published recordings that can be brought over. */
public enum ForeignFormat {
    /** The Numenta Anomaly Benchmark: {@code timestamp,value} a line, and windows of known anomalies as JSON. */
    NAB,
    /** Nezha's microservices: a table of metrics a pod, and a list of injected faults as JSON. */
    NEZHA,
    /** Kapacitor's {@code .srpl} (line protocol) and {@code .brpl} (batches of points as JSON). */
    KAPACITOR
}
