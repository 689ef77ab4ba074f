package io.prunella.bench.trial;

import io.prunella.bench.peer.Contender;
import io.prunella.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The page in the documentation, whole: nothing on it was written by hand. */
final class Page {
    private Page() {}

    static String text(List<Section> sections, List<Section> growth, Map<String, Double> others,
            Map<String, Contender> contenders, int rounds, boolean quick, long seed, String picture)
            throws IOException {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                        # Benchmarks

                        Written by `bench/run%s` on %s, on %s. Seed %d.

                        Every contender runs in a fresh JVM, in turn with the others, %d times, and is warmed up for three seconds on
                        smaller recordings of other seeds before. What it fired is compared with an oracle that uses no engine, by number and checksum; a contender that fired anything else has no time. The
                        rate is million inputs a second of the driving thread's CPU time, after the first ticks, in which every
                        series is new; that of the process has the compiler and the garbage collector in it. Heap is counted from 0. Ranges are over the
                        rounds. Ratios are taken round by round.

                        | contender | is |
                        |---|---|
                        """
                        .formatted(quick ? " --quick" : "", LocalDate.now(ZoneOffset.UTC), machine(), seed, rounds));
        contenders.values().forEach(one -> page.append("| `").append(one.name()).append("` | ")
                .append(one.describe()).append(" |\n"));
        page.append(
                """

                        Not measured: Prometheus (it needs `expr`, which Prunella does not execute yet); Influx line protocol and
                        Prometheus remote write (Prunella has no readers for them yet); firings over HTTP (the service's clock is
                        the machine's, so a workload of hours can't be sent to it in minutes); Siddhi on held thresholds (with a
                        partition an entity it does not come to an end), and more than 100 rules with Esper, whose compiler takes
                        too long for them.

                        """);
        sections.forEach(section -> section(section, page));
        others(others, page);
        growth(growth, picture, page);
        return page.toString();
    }

    private static void section(Section section, StringBuilder page) {
        Case ran = section.ran();
        page.append("## ").append(ran.title()).append("\n\n")
                .append(String.format(Locale.ROOT,
                        "%,d rules, %,d entities, %,d %s, of which %d untimed; the oracle has "
                                + "%,d firings, checksum `%016x`.%n%n",
                        ran.rules(), ran.entities(), ran.ticks(),
                        ran.workload() == Workload.ABSENCE ? "minutes" : "ticks",
                        ran.untimed(), section.oracle().count(), section.oracle().checksum()));
        String first = ran.contenders().getFirst();
        page.append("| contender | M inputs/CPU s | of the process | B allocated/input | B heap/series | ratio to `")
                .append(first).append("` | `prunella` is faster by |\n|---|---|---|---|---|---|---|\n");
        List<Outcome> base = section.valid(first);
        List<Outcome> own = section.valid("prunella");
        for (String name : ran.contenders()) {
            List<Outcome> valid = section.valid(name);
            page.append("| `").append(name).append("` | ");
            if (!valid.isEmpty()) {
                page.append(spread(valid, Outcome::rate)).append(" | ")
                        .append(ofProcess(valid)).append(" | ")
                        .append(Spread.number(middle(valid, o -> (double) o.allocated() / o.inputs()))).append(" | ")
                        .append(Spread.number(middle(valid, o -> Math.max(0, (double) o.heap() / ran.series()))))
                        .append(" | ")
                        .append(ratio(valid, base)).append(" | ").append(ratio(own, valid)).append(" |\n");
            } else if (section.outcomes().containsKey(name)) {
                page.append("fired something else than the oracle | | | | | |\n");
            } else {
                page.append("not measured | | | | | |\n");
            }
        }
        page.append('\n');
    }

    private static String ratio(List<Outcome> of, List<Outcome> to) {
        if (of.isEmpty() || of.size() != to.size()) {
            return "";
        }
        return Spread.of(IntStream.range(0, of.size())
                .mapToObj(round -> of.get(round).rate() / to.get(round).rate()).toList()).text();
    }

    /** The process' clock ticks every 10 ms: what took less than two ticks cannot be told. */
    private static String ofProcess(List<Outcome> valid) {
        return valid.stream().anyMatch(o -> o.process() < 20_000_000)
                ? "under 20 ms"
                : spread(valid, o -> o.inputs() * 1e3 / o.process());
    }

    private static String spread(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        return Spread.of(outcomes.stream().map(figure::applyAsDouble).toList()).text();
    }

    private static double middle(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        return Spread.of(outcomes.stream().map(figure::applyAsDouble).toList()).median();
    }

    private static void others(Map<String, Double> others, StringBuilder page) {
        page.append("## Building, reloading, latency, HTTP\n\n| what | measured |\n|---|---|\n");
        others.forEach((name, value) -> page.append("| ").append(name.replace('_', ' ')).append(" | ")
                .append(Spread.number(value)).append(" |\n"));
        page.append('\n');
    }

    private static void growth(List<Section> growth, String picture, StringBuilder page) {
        page.append("## As rules and entities grow\n\n![Rate and memory as rules and entities grow](../images/")
                .append(picture).append(")\n\n| rules | entities | series | M inputs/CPU s | B heap/series |\n|")
                .append("---|".repeat(5)).append('\n');
        for (Section section : growth) {
            Case ran = section.ran();
            for (Outcome outcome : section.valid("prunella")) {
                page.append(String.format(Locale.ROOT, "| %,d | %,d | %,d | %s | %s |%n", ran.rules(), ran.entities(),
                        ran.series(), Spread.number(outcome.rate()),
                        Spread.number(Math.max(0, (double) outcome.heap() / ran.series()))));
            }
        }
    }

    /** Processor, how many of them, and the Java; nothing that tells whose machine it is. */
    private static String machine() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        String processor = Files.isReadable(info)
                ? Files.readAllLines(info).stream().filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 2)).findFirst().orElse("unknown processor")
                : System.getProperty("os.arch");
        return Runtime.getRuntime().availableProcessors() + " × " + processor + ", Java "
                + Runtime.version().feature() + " (" + System.getProperty("java.vm.name") + ")";
    }
}
