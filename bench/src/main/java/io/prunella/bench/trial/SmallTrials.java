package io.prunella.bench.trial;

/** What is measured of Prunella alone, and as a time: building, reloading, from an event to its firing. */
public final class SmallTrials {
    private SmallTrials() {}

    /** Argument: whether quick. Prints lines {@code figure NAME VALUE}. */
    public static void main(String[] arguments) {
        boolean quick = Boolean.parseBoolean(arguments[0]);
        BuildTrial.run(quick);
        ReloadTrial.run(quick);
        LatencyTrial.run(quick);
    }

    static void figure(String name, double value) {
        System.out.println("figure " + name.replace(' ', '_') + " " + value);
    }

    /** The value below which a share of the values lies; sorts them. */
    static double quantile(double[] values, double share) {
        java.util.Arrays.sort(values);
        return values[(int) Math.min(values.length - 1, Math.floor(values.length * share))];
    }
}
