package io.prunella.bench.trial;

import java.io.IOException;
import java.util.Arrays;

/** What is measured of Prunella alone, and as a time: building, reloading, from an event to its firing. */
public final class SmallTrials {
    private SmallTrials() {}

    /** What there is to measure. */
    enum Kind {
        BUILD, RELOAD, LATENCY, HTTP
    }

    /** Arguments: which, and whether quick. Prints lines {@code figure NAME VALUE}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean quick = Boolean.parseBoolean(arguments[1]);
        switch (Kind.valueOf(arguments[0])) {
            case BUILD -> BuildTrial.run(quick);
            case RELOAD -> ReloadTrial.run(quick);
            case LATENCY -> LatencyTrial.run(quick);
            case HTTP -> HttpTrial.run(quick);
        }
    }

    static void figure(String name, double value) {
        System.out.println("figure " + name.replace(' ', '_') + " " + value);
    }

    /** The value below which a share of the values lies; sorts them. */
    static double quantile(double[] values, double share) {
        Arrays.sort(values);
        return values[(int) Math.min(values.length - 1, Math.floor(values.length * share))];
    }
}
