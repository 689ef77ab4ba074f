package io.prunella.bench.trial;

import io.prunella.bench.peer.Contender;
import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Oracle;
import io.prunella.bench.workload.Rules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs everybody round by round, each in a fresh JVM, checks what fired, and writes the page. */
public final class Bench {
    private static final long SEED = 42;
    /** A trial that takes longer has failed. */
    private static final long LONGEST_SECONDS = 120;

    private final Map<String, Contender> contenders = new TreeMap<>();
    private final int rounds;
    private final boolean quick;
    private final Map<Case, Firings> oracle = new LinkedHashMap<>();

    private Bench(int rounds, boolean quick) {
        this.rounds = rounds;
        this.quick = quick;
        ServiceLoader.load(Contender.class).forEach(contender -> contenders.put(contender.name(), contender));
    }

    /** Arguments: rounds, whether quick, the page to write, the picture to write. */
    public static void main(String[] arguments) throws IOException {
        boolean quick = Boolean.parseBoolean(arguments[1]);
        Bench bench = new Bench(Integer.parseInt(arguments[0]), quick);
        List<Section> sections = bench.sections();
        List<Section> growth = bench.growth();
        Map<String, Double> others = bench.others();
        Files.writeString(Path.of(arguments[2]), Page.text(sections, growth, others, bench.contenders, bench.rounds, quick,
                SEED, Path.of(arguments[3]).getFileName().toString()));
        Files.writeString(Path.of(arguments[3]), Picture.svg(growth));
        // What watches over the trials need not be waited for.
        System.exit(0);
    }

    private List<Section> sections() throws IOException {
        List<Section> sections = new ArrayList<>();
        Case.all(quick).forEach(one -> sections.add(new Section(one, expected(one))));
        for (int round = 0; round < rounds; round++) {
            for (Section section : sections) {
                for (String name : section.ran().contenders()) {
                    run(section, name, round);
                }
            }
        }
        return sections;
    }

    private void run(Section section, String name, int round) throws IOException {
        Contender contender = contenders.get(name);
        Case one = section.ran();
        if (contender == null || one.rules() > contender.mostRules() || !contender.takes(one.workload())) {
            return;
        }
        List<String> lines = fork(Trial.class, name, one.workload().name(), Integer.toString(one.rules()),
                Integer.toString(one.entities()), Integer.toString(one.ticks()), Integer.toString(one.untimed()),
                Long.toString(SEED));
        Optional<Outcome> outcome = lines.stream().filter(Outcome::is).map(Outcome::parse).findFirst();
        section.add(name, outcome);
        System.err.println("round " + (round + 1) + ", " + one.title() + ", " + name + ": "
                + outcome.map(o -> o.firings() + " firings, " + (section.agrees(o) ? o.rate() + " M/s" : "WRONG"))
                        .orElse("FAILED"));
    }

    private Firings expected(Case one) {
        return oracle.computeIfAbsent(one, c -> Oracle.firings(new Rules(c.workload(), c.rules()), SEED, c.entities(),
                c.ticks()));
    }

    private List<Section> growth() throws IOException {
        List<Section> sections = new ArrayList<>();
        for (Case one : Case.growing(quick)) {
            Section section = new Section(one, expected(one));
            run(section, "prunella", 0);
            sections.add(section);
        }
        return sections;
    }

    private Map<String, Double> others() throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (SmallTrials.Kind kind : SmallTrials.Kind.values()) {
            List<String> lines = fork(SmallTrials.class, kind.name(), Boolean.toString(quick)).stream()
                    .filter(line -> line.startsWith("figure ")).toList();
            System.err.println(kind + (lines.isEmpty() ? ": FAILED" : ": measured"));
            for (String line : lines) {
                String[] parts = line.split(" ", -1);
                figures.put(parts[1], Double.parseDouble(parts[2]));
            }
        }
        return figures;
    }

    /** The lines that a class printed in a JVM of its own. */
    private static List<String> fork(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xlog:disable",
                "-XX:+UseSerialGC", "-Xms3g", "-Xmx6g", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        }
        return lines;
    }
}
