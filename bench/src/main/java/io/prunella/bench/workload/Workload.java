package io.prunella.bench.workload;

/** What is measured; two workloads that differ in nothing but the number of rules are one here. */
public enum Workload {
    /** A threshold held for 30 s (W1 with 100 rules, W2 with 1,000). */
    HELD("W1, W2"),
    /** An average over 5 minutes (W3). */
    AVERAGE("W3"),
    /** An event that is not followed by another in time (W4). */
    ABSENCE("W4"),
    /** An event on an entity on which thresholds are held (W5). */
    EVENT("W5");

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    /** As the table calls it. */
    public String title() {
        return title;
    }
}
