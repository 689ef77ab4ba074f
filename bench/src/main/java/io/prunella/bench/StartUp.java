package io.prunella.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long {@code check} of one file takes, start of the JVM included, as a multiple of a hello-world that is started
 * with the same JVM and options. Both run in turn, so that a busy machine slows both.
 */
public final class StartUp {
    private static final int WARM_UP = 3;
    private static final double LIMIT = 8.0;

    private StartUp() {}

    /** Takes the launcher, the file to check, and how many rounds. Ends with 1 if the median is over the limit. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> check = List.of(arguments[0], "check", arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> hello = List.of(java.toString(), "-Xlog:disable", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), Hello.class.getName());
        for (int i = 0; i < WARM_UP; i++) {
            millis(hello);
            millis(check);
        }
        List<Double> hellos = new ArrayList<>();
        List<Double> checks = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            hellos.add(millis(hello));
            checks.add(millis(check));
            ratios.add(checks.getLast() / hellos.getLast());
        }
        System.out.println("                     min   median      max");
        System.out.println(row("hello-world, ms", hellos));
        System.out.println(row("check, ms", checks));
        System.out.println(row("ratio", ratios));
        boolean good = median(ratios) <= LIMIT;
        System.out.println(good ? "within the limit of 8" : "OVER the limit of 8");
        System.exit(good ? 0 : 1);
    }

    private static double millis(List<String> command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        int exit = process.waitFor();
        long took = System.nanoTime() - began;
        if (exit != 0) {
            throw new IllegalStateException(command + " ended with " + exit);
        }
        return took / 1e6;
    }

    private static String row(String name, List<Double> values) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        return String.format(Locale.ROOT, "%-15s %8.1f %8.1f %8.1f", name, sorted[0], median(values),
                sorted[sorted.length - 1]);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1).average().orElseThrow();
    }
}
