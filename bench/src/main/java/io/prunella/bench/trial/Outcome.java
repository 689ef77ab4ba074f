package io.prunella.bench.trial;

import java.util.HashMap;
import java.util.Map;

/**
 * What one trial measured.
 *
 * @param cpu nanoseconds of the driving thread
 * @param process nanoseconds of the whole process meanwhile, compiler and garbage collector included
 * @param allocated bytes, by the driving thread
 * @param heap bytes held after a collection, beyond those held before the contender was started
 * @param build nanoseconds on the wall that it took to start
 */
record Outcome(long firings, long checksum, long inputs, long cpu, long process, long allocated, long heap,
        long build) {
    private static final String MARK = "outcome ";

    String line() {
        return MARK + "firings=" + firings + " checksum=" + checksum + " inputs=" + inputs + " cpu=" + cpu + " process="
                + process + " allocated=" + allocated + " heap=" + heap + " build=" + build;
    }

    static boolean is(String line) {
        return line.startsWith(MARK);
    }

    static Outcome parse(String line) {
        Map<String, Long> values = new HashMap<>();
        for (String part : line.substring(MARK.length()).split(" ", -1)) {
            values.put(part.substring(0, part.indexOf('=')), Long.parseLong(part.substring(part.indexOf('=') + 1)));
        }
        return new Outcome(of(values, "firings"), of(values, "checksum"), of(values, "inputs"), of(values, "cpu"),
                of(values, "process"), of(values, "allocated"), of(values, "heap"), of(values, "build"));
    }

    private static long of(Map<String, Long> values, String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " in " + values);
        }
        return value;
    }

    /** Million inputs a second of the driving thread's CPU time. */
    double rate() {
        return inputs * 1e3 / cpu;
    }
}
