package io.prunella.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How many lines a second {@code simulate} reads on one core, start of the JVM included, beside a peer that only takes
 * the same lines apart with Jackson; and how much memory it takes as the recording grows.
 */
public final class SimulateRun {
    private static final int ENTITIES = 10_000;
    private static final long T0 = 1_700_000_000_000L;

    private SimulateRun() {}

    /** Takes the launcher, the rule, the class path of the peer, and how many rounds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("prunella-bench");
        try {
            Path one = recording(folder.resolve("1M.jsonl"), 1_000_000);
            Path four = recording(folder.resolve("4M.jsonl"), 4_000_000);
            System.out.println("                    lines/s, one core   peak MiB");
            for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
                Figures simulated = run(List.of(arguments[0], "simulate", arguments[1], "--recording", one.toString()),
                        1_000_000);
                Figures peer = run(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC", "-cp", arguments[2], LinesOnly.class.getName(), one.toString()), 1_000_000);
                Figures longer = run(List.of(arguments[0], "simulate", arguments[1], "--recording", four.toString()),
                        4_000_000);
                System.out.println(row("simulate, 1 M", simulated));
                System.out.println(row("Jackson alone, 1 M", peer));
                System.out.println(row("simulate, 4 M", longer));
                System.out.printf(Locale.ROOT, "ratio to Jackson alone %.2f, memory of 4 M to 1 M %.2f%n%n",
                        simulated.linesASecond() / peer.linesASecond(), longer.peakMiB() / simulated.peakMiB());
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private record Figures(double linesASecond, double peakMiB) {}

    /** Every 15 s each entity sends one value; one in a hundred is hot for a minute, and one in ten thousand is lost. */
    private static Path recording(Path file, int lines) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < lines; i++) {
                int entity = i % ENTITIES;
                long tick = i / ENTITIES;
                String ts = java.time.Instant.ofEpochMilli(T0 + 15_000 * tick).toString();
                if (i % 10_000 == 7_777) {
                    out.write("{\"ts\":\"" + ts + "\",\"entity\":\"node-" + entity
                            + "\",\"event\":\"node_unreachable\",\"id\":\"e-" + i + "\"}\n");
                } else {
                    boolean hot = (entity + tick / 4) % 100 == 0;
                    out.write("{\"ts\":\"" + ts + "\",\"entity\":\"node-" + entity
                            + "\",\"metric\":\"cpu_load\",\"value\":0." + (hot ? "97" : 10 + (i * 31) % 80)
                            + ",\"labels\":{\"rack\":\"r" + entity % 40 + "\"}}\n");
                }
            }
        }
        return file;
    }

    private static Figures run(List<String> command, int lines) throws IOException, InterruptedException {
        List<String> pinned = new java.util.ArrayList<>(List.of("taskset", "-c", "0"));
        pinned.addAll(command);
        long began = System.nanoTime();
        Process process = new ProcessBuilder(pinned).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        double peak = 0;
        while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakMiB(process.toHandle()));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
        return new Figures(lines / seconds, peak);
    }

    private static double peakMiB(ProcessHandle handle) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(handle.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:")).map(line -> line.replaceAll("\\D", ""))
                    .mapToDouble(Double::parseDouble).findFirst().orElse(0) / 1024;
        } catch (IOException _) {
            // It has just ended.
            return 0;
        }
    }

    private static String row(String name, Figures figures) {
        return String.format(Locale.ROOT, "%-20s %,16.0f %10.0f", name, figures.linesASecond(), figures.peakMiB());
    }
}
